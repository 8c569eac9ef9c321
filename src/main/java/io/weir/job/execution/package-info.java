/**
 * The tasks of one job: deployed in the slots of task managers, started, cancelled and, if they
 * hang, given up; the coordinators of their sources; and what can be seen of them from outside.
 */
package io.weir.job.execution;
