package io.weir.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** At the root of the server, so that Flink's paths work as they are. */
@ApplicationPath("/")
public class RestApplication extends Application {}
