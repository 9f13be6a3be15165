package io.terrafleet.api.run;

import io.terrafleet.api.organization.Search;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which runs of a list are wanted, as a condition of the query language. Names are those of {@code filter[…]}, and {@code workspace}
 * (ids), {@code agent_pool} (ids), {@code created} (from when until when), {@code user}, {@code basic} and {@code commit} (texts to search).
 */
record RunFilters(String where, Map<String, Object> parameters) {
    private static final Set<String> COLUMNS = Set.of("status", "source");
    private static final String DISCARDABLE = "status in ('planned', 'planned_and_saved', 'cost_estimated',"
            + " 'policy_checked', 'policy_override', 'post_plan_running', 'post_plan_completed')";

    static RunFilters of(String owner, String value, Map<String, List<String>> wanted) {
        List<String> conditions = new ArrayList<>(List.of(owner + " = :owner"));
        Map<String, Object> parameters = new HashMap<>(Map.of("owner", value));
        wanted.forEach((name, values) -> {
            switch (name) {
                case "workspace" -> {
                    conditions.add("workspaceId in (:workspace)");
                    parameters.put("workspace", values.isEmpty() ? List.of("") : values);
                }
                case "agent_pool" -> {
                    conditions.add("agentPoolId in (:pools)");
                    parameters.put("pools", values.isEmpty() ? List.of("") : values);
                }
                case "created" -> {
                    conditions.add("createdAt >= :from and createdAt < :until");
                    parameters.put("from", Instant.parse(values.getFirst()));
                    parameters.put("until", Instant.parse(values.getLast()));
                }
                case "commit" -> {
                    conditions.add("configurationVersionId in (select c.id from ConfigurationEntity c"
                            + " where c.commitSha like :commit escape '!')");
                    parameters.put("commit", beginning(values.getFirst()));
                }
                case "plan_only" -> conditions.add("planOnly = " + Boolean.parseBoolean(values.getFirst()));
                case "operation" ->
                    conditions.add(
                            any(values.stream().map(RunFilters::operation).toList()));
                case "status_group" ->
                    conditions.add(any(values.stream().map(RunFilters::group).toList()));
                case "user" -> {
                    conditions.add("locate(:user, lower(createdByName)) > 0 and " + said(owner, "user", ""));
                    parameters.putAll(searched("user", values.getFirst()));
                }
                case "basic" -> {
                    conditions.add(said(owner, "basic", " and locate(:basic, t.text) > 0"));
                    parameters.putAll(searched("basic", values.getFirst()));
                }
                default -> {
                    if (!COLUMNS.contains(name)) {
                        throw new IllegalArgumentException("there is no filter " + name);
                    }
                    boolean one = values.size() == 1;
                    conditions.add(name + (one ? " = :" + name : " in (:" + name + ")"));
                    parameters.put(name, one ? values.getFirst() : values);
                }
            }
        });
        return new RunFilters(String.join(" and ", conditions), parameters);
    }

    /**
     * Found by one word of what is searched, and looked at as a whole then: an index asked for all of a text looks up every part of it for
     * each candidate, and the commonest words cost most.
     *
     * @param whole what else the text is to be; no pattern, of which PostgreSQL believes that few rows fit it
     */
    private static String said(String owner, String name, String whole) {
        String near = owner.equals("organizationId") ? " and t.organizationId = :owner" : "";
        return "number in (select t.number from RunTextEntity t where t.text like :" + name + "Word escape '!'" + near
                + whole + ")";
    }

    private static Map<String, Object> searched(String name, String text) {
        String wanted = Search.plain(text);
        return Map.of(name, wanted, name + "Word", Search.containing(Search.tellingWord(wanted)));
    }

    private static String beginning(String text) {
        return Search.containing(Search.plain(text)).substring(1);
    }

    private static String any(List<String> alternatives) {
        return "(" + String.join(" or ", alternatives) + ")";
    }

    /** What is not known is had by no run. */
    private static String operation(String word) {
        return switch (word) {
            case "plan_only" -> "planOnly = true";
            case "plan_and_apply" ->
                "(planOnly = false and " + option("destroy", false) + " and " + option("refreshOnly", false) + ")";
            case "refresh_only" -> option("refreshOnly", true);
            case "destroy" -> option("destroy", true);
            case "save_plan" -> option("savePlan", true);
            case "empty_apply" -> option("allowEmptyApply", true);
            default -> "1 = 0";
        };
    }

    private static String group(String word) {
        return switch (word) {
            case "final" -> "finished = true";
            case "non_final" -> "finished = false";
            case "discardable" -> DISCARDABLE;
            default -> "1 = 0";
        };
    }

    private static String option(String name, boolean value) {
        return "function('jsonb_extract_path_text', options, '" + name + "') = '" + value + "'";
    }
}
