/** What the integration tests deploy beside Weir: jobs, and what watches them. */
package io.weir.it.deployed;
