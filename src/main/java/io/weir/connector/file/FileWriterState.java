package io.weir.connector.file;

import java.util.UUID;

/**
 * What a writer keeps over a restart: enough to tell the files that belong to the checkpoint from
 * those that were begun after it.
 *
 * @param jobId the job that wrote; another job that starts from its snapshot must leave its files
 *     alone
 * @param writer the id in the names of the writer's files
 * @param nextNumber files below this number belong to the checkpoint; those from it on do not
 */
public record FileWriterState(String jobId, UUID writer, long nextNumber) {}
