package io.terrafleet.telemetry;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import io.terrafleet.testkit.HouseRules;

@AnalyzeClasses(packages = "io.terrafleet.telemetry", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest implements HouseRules {}
