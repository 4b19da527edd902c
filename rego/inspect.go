package main

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

type packageOf struct {
	Package string `json:"package"`
	File    string `json:"file"`
}

type annotation struct {
	Package     string         `json:"package"`
	Scope       string         `json:"scope"`
	Path        string         `json:"path"`
	File        string         `json:"file"`
	Line        int            `json:"line"`
	Title       string         `json:"title,omitempty"`
	Description string         `json:"description,omitempty"`
	Entrypoint  bool           `json:"entrypoint"`
	Custom      map[string]any `json:"custom"`
}

type inspection struct {
	Packages    []packageOf  `json:"packages"`
	Annotations []annotation `json:"annotations"`
	Builtins    []string     `json:"builtins"`
}

// inspect looks at what is written, without compiling it, so that it also answers for sources that do not compile.
func inspect(_ context.Context, req *request) (any, error) {
	parsed, err := parse(req, ast.CapabilitiesForThisVersion())
	if err != nil {
		return nil, err
	}
	found := inspection{Packages: []packageOf{}, Annotations: []annotation{}}
	builtins := map[string]struct{}{}
	for _, file := range util.KeysSorted(parsed.modules) {
		module := parsed.modules[file]
		found.Packages = append(found.Packages, packageOf{Package: packageName(module.Package), File: file})
		for _, a := range module.Annotations {
			found.Annotations = append(found.Annotations, annotationOf(a, module))
		}
		collectBuiltins(module, builtins)
	}
	found.Builtins = util.KeysSorted(builtins)
	return found, nil
}

func packageName(pkg *ast.Package) string {
	path := pkg.Path
	if len(path) > 1 {
		// Without the leading `data`.
		path = path[1:]
		head, _ := path[0].Value.(ast.String)
		path = append(ast.Ref{ast.VarTerm(string(head))}, path[1:]...)
	}
	return path.String()
}

func annotationOf(a *ast.Annotations, module *ast.Module) annotation {
	custom := a.Custom
	if custom == nil {
		custom = map[string]any{}
	}
	return annotation{
		Package:     packageName(module.Package),
		Scope:       a.Scope,
		Path:        a.GetTargetPath().String(),
		File:        a.Location.File,
		Line:        a.Location.Row,
		Title:       a.Title,
		Description: a.Description,
		Entrypoint:  a.Entrypoint,
		Custom:      custom,
	}
}

func collectBuiltins(module *ast.Module, into map[string]struct{}) {
	note := func(name string) {
		if ast.BuiltinMap[name] != nil {
			into[name] = struct{}{}
		}
	}
	ast.WalkExprs(module, func(e *ast.Expr) bool {
		if e.IsCall() {
			note(e.Operator().String())
		}
		return false
	})
	ast.WalkTerms(module, func(t *ast.Term) bool {
		if call, ok := t.Value.(ast.Call); ok {
			note(call.Operator().String())
		}
		return false
	})
}
