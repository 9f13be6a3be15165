package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Unpriceable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What database engines are called in price lists, which versions cost extra, and how many cores a class has. */
final class RdsEngines {
    private static final Pattern SIZE = Pattern.compile("(\\d{0,3})xlarge");

    /** Major versions in extended support when the book's price for it was seen, 2026-05. */
    private static final Map<String, Set<String>> OUT_OF_SUPPORT = Map.of(
            "mysql", Set.of("5.7"),
            "postgres", Set.of("11", "12"),
            "aurora", Set.of("5.7"),
            "aurora-mysql", Set.of("5.7"),
            "aurora-postgresql", Set.of("11", "12"));

    private RdsEngines() {}

    /** The names that the price lists of different regions use, most likely first. */
    static List<String> variants(String engine, String licence) {
        boolean own = licence.equals("bring-your-own-license");
        return switch (engine) {
            case "postgres" -> plain("PostgreSQL");
            case "mysql" -> plain("MySQL");
            case "mariadb" -> plain("MariaDB");
            case "aurora", "aurora-mysql" -> plain("Aurora MySQL");
            case "aurora-postgresql" -> plain("Aurora PostgreSQL");
            case "sqlserver-ee" -> List.of("SQL Server/Enterprise", "SQL Server/Enterprise/License included");
            case "sqlserver-se" -> List.of("SQL Server/Standard", "SQL Server/Standard/License included");
            case "sqlserver-ex" -> List.of("SQL Server/Express", "SQL Server/Express/License included");
            case "sqlserver-web" -> List.of("SQL Server/Web", "SQL Server/Web/License included");
            case "oracle-ee", "oracle-ee-cdb", "oracle-se" ->
                List.of("Oracle/Enterprise BYOL", "Oracle/Enterprise/Bring your own license");
            case "oracle-se1" -> own ? List.of("Oracle/SE1 BYOL") : List.of("Oracle/SE1 LI");
            case "oracle-se2", "oracle-se2-cdb" ->
                own
                        ? List.of("Oracle/SE2 BYOL", "Oracle/Standard Two/Bring your own license")
                        : List.of("Oracle/SE2 LI", "Oracle/Standard Two/License included");
            default -> throw new Unpriceable("engine is none that the price book knows");
        };
    }

    private static List<String> plain(String name) {
        return List.of(name, name + "/No license required");
    }

    static boolean outOfSupport(String engine, String version) {
        return OUT_OF_SUPPORT.getOrDefault(engine, Set.of()).stream()
                .anyMatch(major -> version.equals(major) || version.startsWith(major + "."));
    }

    /** Virtual cores of a class by the name of its size: {@code db.r6g.2xlarge} has 8. */
    static long cores(String type) {
        String size = type.substring(type.lastIndexOf('.') + 1);
        Matcher large = SIZE.matcher(size);
        if (large.matches()) {
            return large.group(1).isEmpty() ? 4 : 4L * Long.parseLong(large.group(1));
        }
        return switch (size) {
            case "micro", "small", "medium", "large" -> 2;
            default -> throw new Unpriceable("the class's number of cores is not known");
        };
    }
}
