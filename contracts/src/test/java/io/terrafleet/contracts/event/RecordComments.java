package io.terrafleet.contracts.event;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the sources say of types and of the members of records, in their Javadoc; types are named with their outer types, members behind their type. */
final class RecordComments extends TreePathScanner<@Nullable Void, @Nullable Void> {
    /** How the tree prints what is not ASCII. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

    private final Map<String, String> texts = new HashMap<>();
    private final DocTrees docs;

    private RecordComments(DocTrees docs) {
        this.docs = docs;
    }

    static RecordComments under(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            RecordComments comments = new RecordComments(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                comments.scan(unit, null);
            }
            return comments;
        }
    }

    Optional<String> of(Class<?> type) {
        return Optional.ofNullable(texts.get(nameOf(type)));
    }

    Optional<String> of(Class<?> type, String member) {
        return Optional.ofNullable(texts.get(nameOf(type) + "." + member));
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
        if (comment != null) {
            String name = name(getCurrentPath());
            keep(name, comment.getFirstSentence());
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ParamTree param) {
                    keep(name + "." + param.getName(), param.getDescription());
                }
            }
        }
        return super.visitClass(type, null);
    }

    /** Outer types first, as {@link #nameOf} has it. */
    private static String name(TreePath path) {
        String simple = ((ClassTree) path.getLeaf()).getSimpleName().toString();
        return path.getParentPath().getLeaf() instanceof ClassTree ? name(path.getParentPath()) + "." + simple : simple;
    }

    static String nameOf(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : nameOf(outer) + "." + type.getSimpleName();
    }

    private void keep(String name, List<? extends DocTree> text) {
        String plain = text.stream()
                .map(part -> ESCAPED.matcher(part.toString())
                        .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16))))
                .collect(Collectors.joining())
                .replaceAll("\\{@(?:code|link) #?([^}]*)}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
        if (!plain.isEmpty()) {
            texts.put(name, plain);
        }
    }
}
