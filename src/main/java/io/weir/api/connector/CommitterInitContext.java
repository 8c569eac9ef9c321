package io.weir.api.connector;

/** The surroundings of a committer. */
public interface CommitterInitContext extends InitContext {}
