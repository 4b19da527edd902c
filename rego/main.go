// The Rego toolchain of Portcullis: OPA's own compiler, checker, formatter, tester and evaluator as one program.
// It reads one request as JSON from standard input and writes one answer as JSON to standard output, and it is built
// for WebAssembly, so no file of the machine it runs on is within its reach.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// request is what the host asks. Files are sources and data by their path inside the policy set.
type request struct {
	Op          string            `json:"op"`
	Files       map[string]string `json:"files"`
	Entrypoints []string          `json:"entrypoints"`
	// Builtins that sources may call; empty means all of this version.
	Builtins    []string        `json:"builtins"`
	InputSchema json.RawMessage `json:"inputSchema"`
	Query       string          `json:"query"`
	Input       json.RawMessage `json:"input"`
	Filter      string          `json:"filter"`
}

type answer struct {
	Result      any          `json:"result,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics,omitempty"`
}

type operation func(context.Context, *request) (any, error)

var operations = map[string]operation{
	"build":   build,
	"check":   check,
	"format":  formatAll,
	"test":    test,
	"inspect": inspect,
	"eval":    evaluate,
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	var req request
	if err := json.NewDecoder(in).Decode(&req); err != nil {
		return fmt.Errorf("the request is not JSON: %w", err)
	}
	op, ok := operations[req.Op]
	if !ok {
		return fmt.Errorf("unknown operation %q", req.Op)
	}
	result, err := op(context.Background(), &req)
	if err != nil {
		return json.NewEncoder(out).Encode(answer{Diagnostics: diagnose(err)})
	}
	return json.NewEncoder(out).Encode(answer{Result: result})
}
