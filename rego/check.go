package main

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

type checked struct {
	Diagnostics []diagnostic `json:"diagnostics"`
}

func check(_ context.Context, req *request) (any, error) {
	capabilities, err := limited(req.Builtins)
	if err != nil {
		return nil, err
	}
	parsed, err := parse(req, capabilities)
	if err != nil {
		return checked{Diagnostics: diagnose(err)}, nil
	}
	schemas, err := inputSchema(req)
	if err != nil {
		return nil, err
	}
	compiler := ast.NewCompiler().
		SetErrorLimit(100).
		WithCapabilities(capabilities).
		WithSchemas(schemas).
		WithEnablePrintStatements(true).
		WithStrict(true).
		WithUseTypeCheckAnnotations(true)
	if compiler.Compile(parsed.modules); compiler.Failed() {
		return checked{Diagnostics: diagnose(compiler.Errors)}, nil
	}
	return checked{Diagnostics: []diagnostic{}}, nil
}

func inputSchema(req *request) (*ast.SchemaSet, error) {
	if len(req.InputSchema) == 0 {
		return nil, nil
	}
	var schema any
	if err := util.Unmarshal(req.InputSchema, &schema); err != nil {
		return nil, err
	}
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, schema)
	return schemas, nil
}
