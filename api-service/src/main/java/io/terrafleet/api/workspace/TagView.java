package io.terrafleet.api.workspace;

import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Tags as the API shows them. A tag has no row of its own: its id is its name, in URL-safe Base64. */
final class TagView {
    private static final String FLAT = "tag-";

    private TagView() {}

    static List<Resource> flat(Workspace workspace) {
        return workspace.tags().stream()
                .map(name -> Resource.of("tags", FLAT + encode(name))
                        .with("name", name)
                        .with("created-at", workspace.createdAt())
                        .toOne("organization", "organizations", workspace.organizationName()))
                .toList();
    }

    static List<Resource> bindings(Workspace workspace, String type) {
        return workspace.tagBindings().entrySet().stream()
                .map(tag -> Resource.of(type, workspace.id() + "." + encode(tag.getKey()))
                        .with("key", tag.getKey())
                        .with("value", tag.getValue())
                        .with("created-at", workspace.createdAt()))
                .toList();
    }

    static List<Resource> effective(Workspace workspace, List<WorkspaceTags.Effective> tags) {
        return tags.stream()
                .map(tag -> {
                    String owner = tag.inherited()
                            ? workspace.projectId()
                            : workspace.id().value();
                    Resource resource = Resource.of("effective-tag-bindings", owner + "." + encode(tag.key()))
                            .with("key", tag.key())
                            .with("value", tag.value())
                            .with("created-at", workspace.createdAt());
                    return tag.inherited()
                            ? resource.link("inherited-from", "/api/v2/projects/" + workspace.projectId())
                            : resource;
                })
                .toList();
    }

    static Resource of(WorkspaceTags.Used used, Organization organization) {
        return Resource.of("tags", FLAT + encode(used.name()))
                .with("name", used.name())
                .with("created-at", organization.createdAt())
                .with("instance-count", used.workspaces())
                .toOne("organization", "organizations", organization.name());
    }

    static String nameOf(String id) {
        try {
            if (id.startsWith(FLAT)) {
                return new String(Base64.getUrlDecoder().decode(id.substring(FLAT.length())), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw Problem.unprocessable("There is no tag with the id \"" + id + "\".");
        }
        throw Problem.unprocessable("There is no tag with the id \"" + id + "\".");
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }
}
