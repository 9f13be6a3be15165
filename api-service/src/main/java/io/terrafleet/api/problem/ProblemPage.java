package io.terrafleet.api.problem;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A problem for people with a browser. */
final class ProblemPage {
    private ProblemPage() {}

    @CheckedTemplate(basePath = "problem")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance problem(int status, String title, String detail);
    }

    static Response of(Problem problem) {
        String title = Character.toUpperCase(problem.title().charAt(0))
                + problem.title().substring(1);
        String detail = problem.detail().orElse("");
        return Response.status(problem.status())
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.problem(problem.status(), title, detail).render())
                .build();
    }
}
