package io.terrafleet.worker;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import io.terrafleet.testkit.HouseRules;

@AnalyzeClasses(packages = "io.terrafleet.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest implements HouseRules {}
