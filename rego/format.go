package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/util"
)

func formatAll(_ context.Context, req *request) (any, error) {
	formatted := make(map[string]string, len(req.Files))
	var problems ast.Errors
	for _, file := range util.KeysSorted(req.Files) {
		text, err := format.SourceWithOpts(file, []byte(req.Files[file]), format.Opts{RegoVersion: ast.RegoV1})
		var many ast.Errors
		switch {
		case errors.As(err, &many):
			problems = append(problems, many...)
		case err != nil:
			return nil, fmt.Errorf("%s: %w", file, err)
		default:
			formatted[file] = string(text)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return formatted, nil
}
