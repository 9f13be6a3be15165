package io.terrafleet.standalone.demo;

/** Act three: a real AWS configuration, planned without credentials, priced, and judged by the security standards. */
final class AwsAct {
    private final Stage stage;

    AwsAct(Stage stage) {
        this.stage = stage;
    }

    void play() {
        stage.screen().title("Act three: a real AWS configuration");
    }
}
