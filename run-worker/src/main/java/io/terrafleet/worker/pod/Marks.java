package io.terrafleet.worker.pod;

import io.terrafleet.worker.job.JobSpec;
import java.util.Map;
import java.util.TreeMap;

/** What is written on the objects of a job: labels to find them by, annotations as the worker's memory. */
final class Marks {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String MANAGER = "terrafleet-run-worker";
    static final String INSTALLATION = "terrafleet.io/installation";
    static final String ROLE = "terrafleet.io/role";
    static final String RUN = "run";

    /** The {@link JobSpec} as JSON. */
    static final String SPEC = "terrafleet.io/spec";

    /** Why the job is to be killed. */
    static final String KILLED = "terrafleet.io/killed";

    /** The {@link News} that was last told of the job, as JSON. */
    static final String NEWS = "terrafleet.io/news";

    /** The broker has the job's loss. */
    static final String TOLD = "terrafleet.io/told";

    /** Of Secrets: whether their Job owns them, so that they go when it goes. */
    static final String OWNED = "terrafleet.io/owned";

    /** Of Secrets: the hour in which they were made. */
    static final String HOUR = "terrafleet.io/hour";

    private Marks() {}

    /** By these the objects of an installation are found. */
    static Map<String, String> selector(String installation) {
        return Map.of(MANAGED_BY, MANAGER, INSTALLATION, installation);
    }

    /** Names of people's things are data here: what a label cannot hold is replaced, whole they are in {@link #SPEC}. */
    static Map<String, String> labels(JobSpec spec, PodSettings settings) {
        Map<String, String> labels = new TreeMap<>(selector(settings.installation()));
        labels.put(ROLE, RUN);
        labels.put("terrafleet.io/run", spec.job().run().value());
        labels.put("terrafleet.io/job", spec.job().toString());
        labels.put("terrafleet.io/phase", spec.job().phase().word());
        labels.put("terrafleet.io/organization", PodNames.label(spec.organization()));
        labels.put("terrafleet.io/workspace", PodNames.label(spec.workspaceName()));
        labels.put("terrafleet.io/pool", PodNames.label(settings.pool()));
        return labels;
    }
}
