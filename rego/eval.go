package main

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/util"
)

type evaluated struct {
	Defined bool `json:"defined"`
	Value   any  `json:"value"`
}

// evaluate answers a query by OPA's own evaluator: the first result's first expression.
func evaluate(ctx context.Context, req *request) (any, error) {
	parsed, err := parse(req, ast.CapabilitiesForThisVersion())
	if err != nil {
		return nil, err
	}
	options := []func(*rego.Rego){rego.Query(req.Query), rego.Store(inmem.NewFromObject(parsed.data))}
	for _, file := range util.KeysSorted(parsed.modules) {
		options = append(options, rego.ParsedModule(parsed.modules[file]))
	}
	if len(req.Input) > 0 {
		var input any
		if err := util.UnmarshalJSON(req.Input, &input); err != nil {
			return nil, err
		}
		options = append(options, rego.Input(input))
	}
	results, err := rego.New(options...).Eval(ctx)
	if err != nil {
		return nil, err
	}
	if len(results) == 0 || len(results[0].Expressions) == 0 {
		return evaluated{}, nil
	}
	return evaluated{Defined: true, Value: results[0].Expressions[0].Value}, nil
}
