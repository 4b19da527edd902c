package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/util"
)

// sources is a parsed request: modules by path, and the data files mounted where they lie.
type sources struct {
	modules map[string]*ast.Module
	text    map[string]string
	data    map[string]any
}

func parse(req *request, capabilities *ast.Capabilities) (*sources, error) {
	parsed := &sources{modules: map[string]*ast.Module{}, text: map[string]string{}, data: map[string]any{}}
	var problems ast.Errors
	for _, file := range util.KeysSorted(req.Files) {
		err := parsed.add(file, req.Files[file], capabilities)
		var many ast.Errors
		if errors.As(err, &many) {
			problems = append(problems, many...)
		} else if err != nil {
			problems = append(problems, ast.NewError("data_error", &ast.Location{File: file, Row: 1, Col: 1}, "%v", err))
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return parsed, nil
}

func (s *sources) add(file, text string, capabilities *ast.Capabilities) error {
	if path.Ext(file) != ".rego" {
		return s.mount(file, text)
	}
	module, err := ast.ParseModuleWithOpts(file, text, ast.ParserOptions{
		ProcessAnnotation: true,
		RegoVersion:       ast.RegoV1,
		Capabilities:      capabilities,
	})
	if err != nil {
		return err
	}
	s.modules[file], s.text[file] = module, text
	return nil
}

// mount puts a data file where OPA's bundles put it: under the path of its folder.
func (s *sources) mount(file, text string) error {
	name := path.Base(file)
	if name != "data.json" && name != "data.yaml" && name != "data.yml" {
		return fmt.Errorf("neither Rego nor a data file (data.json, data.yaml)")
	}
	var document map[string]any
	if err := util.Unmarshal([]byte(text), &document); err != nil {
		return fmt.Errorf("must hold an object: %w", err)
	}
	return insert(s.data, strings.Split(path.Dir(file), "/"), document)
}

func insert(root map[string]any, keys []string, document map[string]any) error {
	for _, key := range keys {
		if key == "." {
			continue
		}
		child, ok := root[key]
		if !ok {
			child = map[string]any{}
			root[key] = child
		}
		folder, ok := child.(map[string]any)
		if !ok {
			return fmt.Errorf("another data file holds a value at %s", key)
		}
		root = folder
	}
	for key, value := range document {
		if _, taken := root[key]; taken {
			return fmt.Errorf("another data file holds %s as well", key)
		}
		root[key] = value
	}
	return nil
}

// limited is this version's capabilities with only the named builtins, so that a policy which calls one that is not
// there when it is evaluated fails when it is built. Nothing may be fetched while compiling.
func limited(names []string) (*ast.Capabilities, error) {
	capabilities := ast.CapabilitiesForThisVersion()
	capabilities.AllowNet = []string{}
	if len(names) == 0 {
		return capabilities, nil
	}
	for _, name := range names {
		if ast.BuiltinMap[name] == nil {
			return nil, fmt.Errorf("this version of OPA has no builtin %s", name)
		}
	}
	capabilities.Builtins = slices.DeleteFunc(capabilities.Builtins, func(b *ast.Builtin) bool {
		return !slices.Contains(names, b.Name)
	})
	return capabilities, nil
}

func (s *sources) bundle() *bundle.Bundle {
	b := &bundle.Bundle{Data: s.data}
	b.SetRegoVersion(ast.RegoV1)
	b.Manifest.Init()
	for _, file := range util.KeysSorted(s.modules) {
		b.Modules = append(b.Modules, bundle.ModuleFile{
			URL: file, Path: file, Parsed: s.modules[file].Copy(), Raw: []byte(s.text[file]),
		})
	}
	return b
}
