// Every unit test of prices that needs no page, as one file: for each mutant the modules are then loaded once.
import "@/tests/unit/money.test";
import "@/tests/unit/pricing-lines.test";
import "@/tests/unit/pricing-contract.test";
import "@/tests/unit/pricing-multiplier.test";
import "@/tests/unit/pricing-match.test";
import "@/tests/unit/pricing-cost.test";
import "@/tests/unit/pricing-book.test";
import "@/tests/unit/contract-rules.test";
import "@/tests/unit/contract-diff.test";
import "@/tests/unit/estimates/estimate.test";
import "@/tests/unit/reprice-stored-call.test";
import "@/tests/unit/pricing-exact.test";
