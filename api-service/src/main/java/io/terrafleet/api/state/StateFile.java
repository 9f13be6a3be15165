package io.terrafleet.api.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a state file of Terraform (format 4) says of itself.
 *
 * @param serial counts up with every change
 * @param lineage the same for all states that descend from each other; may be empty
 * @param resources at most as many groups as was asked for
 * @param managedResources instances of all managed resources, listed or not
 */
record StateFile(
        int format,
        String terraformVersion,
        long serial,
        String lineage,
        List<Output> outputs,
        List<Resources> resources,
        int managedResources) {

    /** @param type as Terraform writes it: {@code "string"} or {@code ["list","string"]} */
    record Output(String name, boolean sensitive, JsonNode type, JsonNode value) {
        @Override
        public String toString() {
            return "Output[" + name + "]";
        }
    }

    /**
     * The instances of one resource block.
     *
     * @param type {@code aws_instance}, or {@code data.aws_ami} for a data source
     * @param module {@code root}, or for example {@code module.net}
     * @param provider as in the file: {@code provider["registry.terraform.io/hashicorp/aws"]}
     */
    record Resources(String name, String type, int count, String module, String provider) {}
}
