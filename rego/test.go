package main

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/util"
)

type testCase struct {
	Package string  `json:"package"`
	Name    string  `json:"name"`
	File    string  `json:"file"`
	Line    int     `json:"line"`
	Outcome string  `json:"outcome"`
	Message string  `json:"message,omitempty"`
	Seconds float64 `json:"seconds"`
}

type lineRange struct {
	From int `json:"from"`
	To   int `json:"to"`
}

type fileCoverage struct {
	File       string      `json:"file"`
	Percent    float64     `json:"percent"`
	NotCovered []lineRange `json:"notCovered"`
}

type testReport struct {
	Cases    []testCase     `json:"cases"`
	Coverage float64        `json:"coverage"`
	Files    []fileCoverage `json:"files"`
}

// testTimeout is for one test. It only bites where a test yields; the host ends a whole run that does not.
const testTimeout = 20 * time.Second

func test(ctx context.Context, req *request) (any, error) {
	builtins := req.Builtins
	if len(builtins) > 0 {
		// The runner rewrites tables of test cases into calls of it.
		builtins = append(slices.Clone(builtins), "internal.test_case")
	}
	capabilities, err := limited(builtins)
	if err != nil {
		return nil, err
	}
	parsed, err := parse(req, capabilities)
	if err != nil {
		return nil, err
	}
	tracer := cover.New()
	store := inmem.NewFromObject(parsed.data)
	txn, err := store.NewTransaction(ctx, storage.TransactionParams{})
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().
		SetCompiler(ast.NewCompiler().WithCapabilities(capabilities).WithEnablePrintStatements(true)).
		SetStore(store).
		SetModules(parsed.modules).
		SetCoverageQueryTracer(tracer).
		SetCoverageRuns(nil).
		SetParallel(1).
		SetTimeout(testTimeout).
		Filter(req.Filter).
		RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	report := testReport{Cases: []testCase{}, Files: []fileCoverage{}}
	for result := range results {
		report.Cases = append(report.Cases, caseOf(result))
	}
	slices.SortFunc(report.Cases, func(a, b testCase) int {
		if order := strings.Compare(a.File, b.File); order != 0 {
			return order
		}
		return a.Line - b.Line
	})
	report.addCoverage(tracer.Report(parsed.modules))
	return report, nil
}

func caseOf(result *tester.Result) testCase {
	c := testCase{
		Package: strings.TrimPrefix(result.Package, "data."),
		Name:    result.Name,
		File:    result.Location.File,
		Line:    result.Location.Row,
		Outcome: "pass",
		Message: strings.TrimSpace(string(result.Output)),
		Seconds: result.Duration.Seconds(),
	}
	switch {
	case result.Error != nil:
		c.Outcome, c.Message = "error", result.Error.Error()
	case result.Fail:
		c.Outcome = "fail"
	case result.Skip:
		c.Outcome = "skip"
	}
	if result.Fail && len(result.SubResults) > 0 {
		c.Message = strings.TrimSpace(c.Message + "\n" + result.SubResults.String())
	}
	return c
}

// addCoverage counts the policies only: a test file always covers itself.
func (r *testReport) addCoverage(coverage cover.Report) {
	covered, total := 0, 0
	for _, file := range util.KeysSorted(coverage.Files) {
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		report := coverage.Files[file]
		covered += report.CoveredLines
		total += report.CoveredLines + report.NotCoveredLines
		found := fileCoverage{File: file, Percent: percent(report.CoveredLines, report.CoveredLines+report.NotCoveredLines), NotCovered: []lineRange{}}
		for _, missing := range report.NotCovered {
			found.NotCovered = append(found.NotCovered, lineRange{From: missing.Start.Row, To: missing.End.Row})
		}
		r.Files = append(r.Files, found)
	}
	r.Coverage = percent(covered, total)
}

func percent(part, whole int) float64 {
	if whole == 0 {
		return 100
	}
	return math.Round(1000*float64(part)/float64(whole)) / 10
}
