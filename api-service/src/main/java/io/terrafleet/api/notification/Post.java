package io.terrafleet.api.notification;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import io.terrafleet.api.setting.Settings;
import io.terrafleet.api.setting.Smtp;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Hands mail to the server that a site administrator has named, or else to the one of the configuration. */
@ApplicationScoped
class Post {
    private static final int IMPLICIT_TLS = 465;

    private final Settings settings;
    private final Mailer mailer;
    private final Vertx vertx;
    private final NotificationConfig config;

    Post(Settings settings, Mailer mailer, Vertx vertx, NotificationConfig config) {
        this.settings = settings;
        this.mailer = mailer;
        this.vertx = vertx;
        this.config = config;
    }

    /** @throws RuntimeException when the server does not take it, with what it said */
    void send(String to, String subject, String text) {
        Smtp smtp = settings.smtp();
        if (smtp.enabled()) {
            send(smtp, to, subject, text);
        } else {
            mailer.send(Mail.withText(to, subject, text));
        }
    }

    /** @throws RuntimeException when the server does not take it, with what it said */
    void send(Smtp smtp, String to, String subject, String text) {
        MailClient client = MailClient.create(vertx, configuration(smtp));
        try {
            client.sendMail(new MailMessage(smtp.sender(), to, subject, text))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(patience().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
        } finally {
            client.close();
        }
    }

    /** A mail server says several things before it takes a mail. */
    private Duration patience() {
        return config.timeout().multipliedBy(3);
    }

    private static MailConfig configuration(Smtp smtp) {
        MailConfig configuration = new MailConfig(smtp.host(), smtp.port())
                .setSsl(smtp.port() == IMPLICIT_TLS)
                .setStarttls(StartTLSOptions.OPTIONAL)
                .setKeepAlive(false)
                .setLogin(smtp.auth().equals("none") ? LoginOption.DISABLED : LoginOption.REQUIRED);
        if (!smtp.auth().equals("none")) {
            configuration.setUsername(smtp.username());
            configuration.setPassword(smtp.password().orElse(""));
            configuration.setAuthMethods(smtp.auth().toUpperCase(java.util.Locale.ROOT));
        }
        return configuration;
    }
}
