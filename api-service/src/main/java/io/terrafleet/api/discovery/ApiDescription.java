package io.terrafleet.api.discovery;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Makes the OpenAPI document one of the API, without the pages, and completes it with what holds for every route of the TFE API: the media type, the token, the errors. */
public class ApiDescription implements OASFilter {
    private static final String JSON_API = "application/vnd.api+json";
    private static final String TOKEN = "token";
    private static final String ERRORS = "errors";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.setInfo(OASFactory.createInfo()
                .title("Terrafleet")
                .version("v2")
                .description("The TFE API v2 as Terrafleet serves it: documents are JSON:API, lists come in pages."));
        document.setServers(List.of());
        document.setComponents(
                (document.getComponents() == null ? OASFactory.createComponents() : document.getComponents())
                        .addSchema(ERRORS, errors())
                        .addSecurityScheme(
                                TOKEN,
                                OASFactory.createSecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A token of a user or of an organization")));
        if (document.getPaths() != null && document.getPaths().getPathItems() != null) {
            document.getPaths().getPathItems().keySet().stream()
                    .filter(path -> !path.startsWith("/api/") && !path.startsWith("/.well-known/"))
                    .toList()
                    .forEach(page -> document.getPaths().removePathItem(page));
            document.getPaths().getPathItems().forEach((path, item) -> {
                if (path.startsWith("/api/v2/") && !path.equals("/api/v2/ping")) {
                    complete(item);
                }
            });
        }
    }

    private static void complete(PathItem item) {
        for (Operation operation : item.getOperations().values()) {
            if (operation.getRequestBody() != null) {
                operation
                        .getRequestBody()
                        .setContent(content(OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT))));
            }
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
            operation.getResponses().removeAPIResponse("200");
            operation.getResponses().addAPIResponse("2XX", success()).addAPIResponse("default", failure());
        }
    }

    /** 200 with a document, 201 for what was made, 202 for what will be done, 204 for what is gone. */
    private static APIResponse success() {
        return OASFactory.createAPIResponse()
                .description("Done, or under way")
                .content(content(OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT))));
    }

    private static APIResponse failure() {
        return OASFactory.createAPIResponse()
                .description("What is wrong, where, and what would be right")
                .content(content(OASFactory.createSchema().ref("#/components/schemas/" + ERRORS)));
    }

    private static Schema errors() {
        Schema text = OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING));
        Schema source = OASFactory.createSchema()
                .type(List.of(Schema.SchemaType.OBJECT))
                .addProperty("pointer", text);
        Schema error = OASFactory.createSchema()
                .type(List.of(Schema.SchemaType.OBJECT))
                .addProperty("status", text)
                .addProperty("title", text)
                .addProperty("detail", text)
                .addProperty("source", source);
        Schema list =
                OASFactory.createSchema().type(List.of(Schema.SchemaType.ARRAY)).items(error);
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT)).addProperty("errors", list);
    }

    private static Content content(Schema schema) {
        return OASFactory.createContent()
                .addMediaType(JSON_API, OASFactory.createMediaType().schema(schema));
    }
}
