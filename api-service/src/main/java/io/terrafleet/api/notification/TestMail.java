package io.terrafleet.api.notification;

import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.setting.Smtp;
import jakarta.enterprise.context.ApplicationScoped;

/** The mail with which an administrator tries a mail server before it is relied on. */
@ApplicationScoped
public class TestMail {
    private final Post post;

    TestMail(Post post) {
        this.post = post;
    }

    /** 422 when the server does not take it. */
    public void send(Smtp smtp, String to) {
        try {
            post.send(
                    smtp,
                    to,
                    "Terrafleet can send mail",
                    "This mail was sent to try the mail server that notifications are going to be sent with.\n");
        } catch (IllegalStateException e) {
            throw Problem.invalid(
                    "test-email-address", "The mail server did not take the test mail: " + e.getMessage());
        }
    }
}
