/**
 * The operators that call a function of the job's author for each record: map, flat map, filter,
 * reduce and the process functions, with one or two inputs.
 *
 * <p>An operator owns its copy of the function: it hands it what it asks for, opens it, calls it,
 * saves its state and closes it, all on the thread of one task. The contexts and collectors that a
 * function is given are made once and used for every record.
 */
package io.weir.engine.operator.function;
