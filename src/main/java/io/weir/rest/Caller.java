package io.weir.rest;

/** Who has sent a request. */
record Caller(String name, Role role) {}
