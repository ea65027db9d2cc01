package dk.attestbro.gateway.outside;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Every test through the front door, in one process, whose gateway they share. */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("dk.attestbro.gateway.outside")
@IncludeClassNamePatterns(".*IT")
class OutsideSuite {}
