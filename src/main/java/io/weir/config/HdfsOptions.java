package io.weir.config;

import java.time.Duration;

/** How HDFS is reached, beside what Hadoop's own configuration files say. */
public final class HdfsOptions {
  private HdfsOptions() {}

  public static final ConfigOption<String> CONFIGURATION_DIRECTORY =
      ConfigOptions.key("env.hadoop.conf.dir")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Directory with core-site.xml and hdfs-site.xml, needed for nameservices (high"
                  + " availability) and Kerberos; unset means HADOOP_CONF_DIR in the environment.");

  public static final ConfigOption<String> USER =
      ConfigOptions.key("hdfs.user")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Name under which files are written in a cluster without Kerberos; unset means"
                  + " HADOOP_USER_NAME in the environment, then the account of the process.");

  public static final ConfigOption<String> KERBEROS_PRINCIPAL =
      ConfigOptions.key("security.kerberos.login.principal")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Principal that the keytab is for; unset means the ticket cache of the account of the"
                  + " process (kinit).");

  public static final ConfigOption<String> KERBEROS_KEYTAB =
      ConfigOptions.key("security.kerberos.login.keytab")
          .stringType()
          .noDefaultValue()
          .withDescription("File with the keys of the Kerberos principal.");

  public static final ConfigOption<Duration> REQUEST_TIMEOUT =
      ConfigOptions.key("hdfs.request-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withLimit(timeout -> timeout.toMillis() > 0, "more than 0")
          .withDescription(
              "How long the name node or a data node may leave a request, or a packet of data,"
                  + " unanswered. An operation that needs several of them fails after a few times"
                  + " this long.");
}
