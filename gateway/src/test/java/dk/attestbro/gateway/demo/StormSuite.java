package dk.attestbro.gateway.demo;

import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** The storm and then the sweep on the same gateway, in one process. */
@Suite
@IncludeEngines("junit-jupiter")
@SelectClasses({StormIT.class, SweepIT.class})
class StormSuite {}
