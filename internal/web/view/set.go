package view

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"text/template/parse"
)

// layouts are the templates that a page begins with.
var layouts = []string{"layout/base", "layout/bare"}

// pageSet makes the template set of one page of what its own file defines and of what that uses of the frame: every page
// with every partial in every language took 15 MB.
func pageSet(empty, frame, own *template.Template, fold *folder) (*template.Template, error) {
	set, err := empty.Clone()
	if err != nil {
		return nil, fmt.Errorf("clone: %w", err)
	}
	wanted := slices.Clone(layouts)
	for added := map[string]bool{}; len(wanted) > 0; wanted = wanted[1:] {
		name := wanted[0]
		if added[name] {
			continue
		}
		added[name] = true
		source := own.Lookup(name)
		if source == nil {
			source = frame.Lookup(name)
		}
		if source == nil {
			return nil, fmt.Errorf("no template %q", name)
		}
		tree := source.Tree.Copy()
		used, err := fold.list(tree.Root)
		if err != nil {
			return nil, fmt.Errorf("template %q: %w", name, err)
		}
		if _, err := set.AddParseTree(name, tree); err != nil {
			return nil, fmt.Errorf("template %q: %w", name, err)
		}
		wanted = append(wanted, used...)
	}
	return set, nil
}

// folder replaces the actions of a template that are the same on every page of a language, {{t "layout.exit"}} or
// {{sign "exit"}}, by what they give: most of a page's actions are such, and each cost a call by reflection and an
// escaping. That halved the time a topic page takes to render.
type folder struct {
	empty *template.Template // with the functions of the language
	known map[string][]byte  // by action
}

// constant are the functions that give the same for the same arguments.
var constant = map[string]bool{"t": true, "sign": true, "asset": true}

// list folds what is in the list and returns the names of the templates that it uses.
func (f *folder) list(list *parse.ListNode) (used []string, err error) {
	if list == nil {
		return nil, nil
	}
	var kept []parse.Node
	for _, node := range list.Nodes {
		var more []string
		switch n := node.(type) {
		case *parse.ActionNode:
			node, err = f.action(n)
		case *parse.TemplateNode:
			more = []string{n.Name}
		case *parse.IfNode:
			more, err = f.branch(&n.BranchNode)
		case *parse.RangeNode:
			more, err = f.branch(&n.BranchNode)
		case *parse.WithNode:
			more, err = f.branch(&n.BranchNode)
		}
		if err != nil {
			return nil, err
		}
		used = append(used, more...)
		kept = joined(kept, node)
	}
	list.Nodes = kept
	return used, nil
}

func (f *folder) branch(n *parse.BranchNode) ([]string, error) {
	used, err := f.list(n.List)
	if err != nil {
		return nil, err
	}
	more, err := f.list(n.ElseList)
	return append(used, more...), err
}

// joined appends a node, and makes one text of two beside each other.
func joined(nodes []parse.Node, node parse.Node) []parse.Node {
	text, ok := node.(*parse.TextNode)
	if ok && len(nodes) > 0 {
		if last, ok := nodes[len(nodes)-1].(*parse.TextNode); ok {
			last.Text = slices.Concat(last.Text, text.Text)
			return nodes
		}
	}
	return append(nodes, node)
}

// action returns the text that the action always gives, or the action itself. The text is what html/template makes of
// it between tags, which is right in a quoted attribute too; scripts and styles have none of our templates' actions.
func (f *folder) action(n *parse.ActionNode) (parse.Node, error) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 {
		return n, nil
	}
	args := n.Pipe.Cmds[0].Args
	if name, ok := args[0].(*parse.IdentifierNode); !ok || !constant[name.Ident] {
		return n, nil
	}
	for _, arg := range args[1:] {
		if _, ok := arg.(*parse.StringNode); !ok {
			return n, nil
		}
	}
	text, ok := f.known[n.String()]
	if !ok {
		var err error
		if text, err = f.give(n.String()); err != nil {
			return nil, err
		}
		f.known[n.String()] = text
	}
	return &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: text}, nil
}

// give returns what an action gives between tags.
func (f *folder) give(action string) ([]byte, error) {
	alone, err := f.empty.Clone()
	if err != nil {
		return nil, fmt.Errorf("clone: %w", err)
	}
	if alone, err = alone.Parse(action); err != nil {
		return nil, fmt.Errorf("parse %s: %w", action, err)
	}
	var text bytes.Buffer
	if err := alone.Execute(&text, nil); err != nil {
		return nil, fmt.Errorf("execute %s: %w", action, err)
	}
	return text.Bytes(), nil
}
