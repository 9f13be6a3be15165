package io.terrafleet.api.access;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Every route that the service has, of whatever room. */
final class Routes {
    private Routes() {}

    /** @param template with parameters in braces: {@code /api/v2/runs/{run}} */
    record Route(String method, String template, Optional<Open> open, Optional<Needs> needs) {
        /** With {@code x} for every parameter. */
        String address() {
            return template.replaceAll("\\{[^}]*}", "x");
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    static List<Route> all(BeanManager beans) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .filter(type -> type.getPackageName().startsWith("io.terrafleet.api"))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()).flatMap(method -> route(type, method)))
                .distinct()
                .toList();
    }

    private static Stream<Route> route(Class<?> type, Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(verb -> new Route(
                        verb.value(),
                        path(type) + path(method),
                        Optional.ofNullable(method.getAnnotation(Open.class))
                                .or(() -> Optional.ofNullable(type.getAnnotation(Open.class))),
                        Optional.ofNullable(method.getAnnotation(Needs.class))
                                .or(() -> Optional.ofNullable(type.getAnnotation(Needs.class)))));
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        if (path == null || path.value().equals("/")) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }
}
