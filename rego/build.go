package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/compile"
)

type built struct {
	Wasm []byte          `json:"wasm"`
	Plan json.RawMessage `json:"plan"`
	Data map[string]any  `json:"data"`
}

// build compiles the set twice from one parse: the compiler keeps its plan to itself when the target is WebAssembly.
func build(ctx context.Context, req *request) (any, error) {
	capabilities, err := limited(req.Builtins)
	if err != nil {
		return nil, err
	}
	parsed, err := parse(req, capabilities)
	if err != nil {
		return nil, err
	}
	plan, err := compileTo(ctx, compile.TargetPlan, parsed, req, capabilities)
	if err != nil {
		return nil, err
	}
	module, err := compileTo(ctx, compile.TargetWasm, parsed, req, capabilities)
	if err != nil {
		return nil, err
	}
	bundle := module.Bundle()
	if len(bundle.WasmModules) != 1 || len(plan.Bundle().PlanModules) != 1 {
		return nil, errors.New("the compiler gave no module")
	}
	return built{Wasm: bundle.WasmModules[0].Raw, Plan: plan.Bundle().PlanModules[0].Raw, Data: parsed.data}, nil
}

func compileTo(ctx context.Context, target string, parsed *sources, req *request, capabilities *ast.Capabilities) (*compile.Compiler, error) {
	compiler := compile.New().
		WithTarget(target).
		WithBundle(parsed.bundle()).
		WithEntrypoints(req.Entrypoints...).
		WithCapabilities(capabilities).
		WithRegoVersion(ast.RegoV1).
		// Otherwise every rule that reads an entrypoint becomes one itself.
		WithPruneUnused(true)
	return compiler, compiler.Build(ctx)
}
