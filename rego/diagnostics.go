package main

import (
	"errors"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/topdown"
)

type diagnostic struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
}

// diagnose turns whatever OPA's packages return into places that an author can go to.
func diagnose(err error) []diagnostic {
	var many ast.Errors
	if errors.As(err, &many) {
		many.Sort()
		found := make([]diagnostic, 0, len(many))
		for _, e := range many {
			found = append(found, fromAST(e))
		}
		return found
	}
	var one *ast.Error
	if errors.As(err, &one) {
		return []diagnostic{fromAST(one)}
	}
	var runtime *topdown.Error
	if errors.As(err, &runtime) {
		return []diagnostic{at(diagnostic{Code: runtime.Code, Message: runtime.Message}, runtime.Location)}
	}
	var unformatted format.UnformattedError
	if errors.As(err, &unformatted) {
		return []diagnostic{at(diagnostic{Code: ast.FormatErr, Message: err.Error()}, unformatted.Loc)}
	}
	return []diagnostic{{Code: "rego_error", Message: err.Error()}}
}

func fromAST(e *ast.Error) diagnostic {
	message := e.Message
	// The details of a parse error repeat the source line with a caret: the place says the same.
	if e.Details != nil && e.Code != ast.ParseErr {
		message = strings.Join(append([]string{message}, e.Details.Lines()...), "\n  ")
	}
	return at(diagnostic{Code: e.Code, Message: message}, e.Location)
}

func at(d diagnostic, loc *ast.Location) diagnostic {
	if loc != nil {
		d.File, d.Line, d.Column = loc.File, loc.Row, loc.Col
	}
	return d
}
