/**
 * What a job is to be: the jobs that are known by name, a job's plan and settings in this server,
 * and how it is asked to start. Nothing here runs anything.
 */
package io.weir.job.description;
