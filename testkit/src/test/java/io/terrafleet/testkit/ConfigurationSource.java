package io.terrafleet.testkit;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The keys that one Java source declares, with {@code @ConfigMapping} or {@code @ConfigProperty}; read, not compiled. */
final class ConfigurationSource extends TreePathScanner<@Nullable Void, @Nullable Void> {
    /** How the tree prints what is not ASCII. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

    /** A group of keys for each of several names. */
    private static final Pattern NAMED_GROUPS = Pattern.compile("Map<String, (\\w+)>");

    private final String module;
    private final DocTrees docs;
    private final List<ConfigurationKey> keys = new ArrayList<>();
    private final Map<String, ClassTree> nested = new LinkedHashMap<>();

    private ConfigurationSource(String module, DocTrees docs) {
        this.module = module;
        this.docs = docs;
    }

    static List<ConfigurationKey> keys(String module, Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
            ConfigurationSource found = new ConfigurationSource(module, DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                found.scan(unit, null);
            }
            return found.keys;
        }
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        Optional<String> prefix = argument(type.getModifiers(), "ConfigMapping", "prefix");
        if (prefix.isPresent()) {
            members(getCurrentPath(), prefix.get());
        }
        return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
        Optional<String> fallback = argument(variable.getModifiers(), "ConfigProperty", "defaultValue");
        argument(variable.getModifiers(), "ConfigProperty", "name")
                .ifPresent(name -> keys.add(key(name, variable.getType().toString(), fallback, "")));
        return super.visitVariable(variable, null);
    }

    private void members(TreePath type, String prefix) {
        ClassTree mapping = (ClassTree) type.getLeaf();
        for (Tree member : mapping.getMembers()) {
            if (member instanceof ClassTree inner && inner.getKind() == Tree.Kind.INTERFACE) {
                nested.put(inner.getSimpleName().toString(), inner);
            }
        }
        for (Tree member : mapping.getMembers()) {
            if (!(member instanceof MethodTree method) || method.getBody() != null) {
                continue;
            }
            String name = argument(method.getModifiers(), "WithName", "value")
                    .orElseGet(() -> dashed(method.getName().toString()));
            String key = prefix + "." + name;
            Matcher named = NAMED_GROUPS.matcher(method.getReturnType().toString());
            ClassTree group = nested.get(
                    named.matches() ? named.group(1) : method.getReturnType().toString());
            if (group != null && named.matches()) {
                key += ".NAME";
            }
            if (group == null) {
                Optional<String> fallback = argument(method.getModifiers(), "WithDefault", "value");
                keys.add(key(
                        key, method.getReturnType().toString(), fallback, firstSentence(new TreePath(type, method))));
            } else {
                members(new TreePath(type, group), key);
            }
        }
    }

    private ConfigurationKey key(String name, String declared, Optional<String> fallback, String comment) {
        boolean secret = comment.startsWith("Secret.");
        boolean optional = declared.startsWith("Optional<");
        String type = optional ? declared.substring("Optional<".length(), declared.length() - 1) : declared;
        String meaning = secret ? comment.substring("Secret.".length()).strip() : comment;
        return new ConfigurationKey(module, name, type, fallback, fallback.isEmpty() && !optional, secret, meaning);
    }

    /** Of the Javadoc; when that sentence is only "Secret.", the next one too. */
    private String firstSentence(TreePath member) {
        DocCommentTree comment = docs.getDocCommentTree(member);
        if (comment == null) {
            return "";
        }
        String all = comment.getFullBody().stream()
                .map(part -> ESCAPED.matcher(part.toString())
                        .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16))))
                .collect(Collectors.joining())
                .replaceAll("\\{@(?:code|link) #?((?:[^{}(]|\\{[^}]*})*)(?:\\(\\))?}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
        int from = all.startsWith("Secret. ") ? "Secret. ".length() : 0;
        int end = all.indexOf(". ", from);
        return end < 0 ? all : all.substring(0, end + 1);
    }

    private static String dashed(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> argument(ModifiersTree modifiers, String annotation, String name) {
        for (AnnotationTree candidate : modifiers.getAnnotations()) {
            if (!candidate.getAnnotationType().toString().equals(annotation)) {
                continue;
            }
            for (ExpressionTree argument : candidate.getArguments()) {
                boolean named = argument instanceof AssignmentTree assignment
                        && assignment.getVariable().toString().equals(name);
                if (named && ((AssignmentTree) argument).getExpression() instanceof LiteralTree literal) {
                    return Optional.of(String.valueOf(literal.getValue()));
                }
                if (name.equals("value") && argument instanceof LiteralTree literal) {
                    return Optional.of(String.valueOf(literal.getValue()));
                }
            }
        }
        return Optional.empty();
    }
}
