package io.terrafleet.standalone.cluster;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that tries from inside a run pod what no run may do, and says what came of it. */
final class Probe {
    private static final String REACHED = "probe-reached ";
    private static final String FOUND = "probe-found ";
    private static final String DONE = "probe-done";

    private Probe() {}

    /** Two seconds for each address; a name that is not known counts as not reached. */
    static String configuration(Site site) {
        String services = site.services();
        String reach = List.of(
                        "kubernetes.default.svc/443",
                        "kafka." + services + ".svc/9092",
                        "terrafleet-kafka-bootstrap." + services + ".svc/9092",
                        "postgres." + services + ".svc/5432",
                        "run-worker." + services + ".svc/8082",
                        "policy-service." + services + ".svc/8083",
                        "169.254.169.254/80")
                .stream()
                .map(place ->
                        "timeout 2 bash -c '</dev/tcp/" + place + "' 2>/dev/null && echo " + REACHED + place + "; ")
                .collect(Collectors.joining());
        String find = "ls /var/run/secrets/kubernetes.io >/dev/null 2>&1 && echo " + FOUND + "a-service-account-token; "
                + "touch /probe 2>/dev/null && echo " + FOUND + "a-writable-root; "
                + "[ $(id -u) = 0 ] && echo " + FOUND + "root; "
                + "env | grep -q INTERNAL_KEY && echo " + FOUND + "the-internal-key; ";
        return """
                resource "terraform_data" "probe" {
                  provisioner "local-exec" {
                    interpreter = ["/bin/bash", "-c"]
                    command     = <<-EOT
                      %s echo %s
                    EOT
                  }
                }
                """
                .formatted(reach + find, DONE);
    }

    static void judge(String log) {
        CheckFailed.unless(log.contains("): " + DONE), "the probe did not come to its end");
        List<String> wrong = log.lines()
                .map(String::strip)
                .filter(line -> line.contains("): " + REACHED) || line.contains("): " + FOUND))
                .map(line -> line.replaceFirst(".*\\): probe-", ""))
                .toList();
        CheckFailed.unless(
                wrong.isEmpty(),
                "a run " + String.join("; ", wrong)
                        + ". Network policies work only where the cluster's network enforces them"
                        + " (k8s/base/network.yaml).");
    }
}
