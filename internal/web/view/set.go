package view

import (
	"bytes"
	"fmt"
	"html/template"
	"iter"
	"slices"
	"strings"
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
		used := fold.list(tree.Root)
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
func (f *folder) list(list *parse.ListNode) (used []string) {
	if list == nil {
		return nil
	}
	var kept []parse.Node
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			node = f.action(n)
		case *parse.TemplateNode:
			used = append(used, n.Name)
		case *parse.IfNode:
			used = append(used, f.branch(&n.BranchNode)...)
		case *parse.RangeNode:
			used = append(used, f.branch(&n.BranchNode)...)
		case *parse.WithNode:
			used = append(used, f.branch(&n.BranchNode)...)
		}
		kept = joined(kept, node)
	}
	list.Nodes = kept
	return used
}

func (f *folder) branch(n *parse.BranchNode) []string {
	return append(f.list(n.List), f.list(n.ElseList)...)
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

// action returns the text that the action always gives, or the action itself.
func (f *folder) action(n *parse.ActionNode) parse.Node {
	if text, ok := f.known[n.String()]; ok {
		return &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: text}
	}
	return n
}

// gives reports whether the action always gives the same.
func gives(n *parse.ActionNode) bool {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 {
		return false
	}
	args := n.Pipe.Cmds[0].Args
	if name, ok := args[0].(*parse.IdentifierNode); !ok || !constant[name.Ident] {
		return false
	}
	return !slices.ContainsFunc(args[1:], func(arg parse.Node) bool {
		_, ok := arg.(*parse.StringNode)
		return !ok
	})
}

// between stands between what two actions give, and in nothing that they give.
const between = "\x1e"

// learn asks every such action of the sets what it gives. The text is what html/template makes of it between tags, which
// is right in a quoted attribute too; scripts and styles have none of our templates' actions. All are asked at once: each
// by itself took half of the time of a start.
func (f *folder) learn(sets ...*template.Template) error {
	var actions []string
	met := map[string]bool{}
	for _, set := range sets {
		for _, t := range set.Templates() {
			if t.Tree == nil {
				continue
			}
			for n := range each(t.Tree.Root) {
				if a, ok := n.(*parse.ActionNode); ok && gives(a) && !met[a.String()] {
					met[a.String()] = true
					actions = append(actions, a.String())
				}
			}
		}
	}
	all, err := f.empty.Clone()
	if err != nil {
		return fmt.Errorf("clone: %w", err)
	}
	if all, err = all.Parse(strings.Join(actions, between)); err != nil {
		return fmt.Errorf("parse what is constant: %w", err)
	}
	var text bytes.Buffer
	if err := all.Execute(&text, nil); err != nil {
		return fmt.Errorf("execute what is constant: %w", err)
	}
	given := bytes.Split(text.Bytes(), []byte(between))
	if len(actions) > 0 && len(given) != len(actions) {
		return fmt.Errorf("%d actions give %d texts", len(actions), len(given))
	}
	for i, action := range actions {
		f.known[action] = given[i]
	}
	return nil
}

// each are the nodes of a list, and of the lists in them.
func each(list *parse.ListNode) iter.Seq[parse.Node] {
	return func(yield func(parse.Node) bool) { visit(list, yield) }
}

func visit(list *parse.ListNode, yield func(parse.Node) bool) bool {
	if list == nil {
		return true
	}
	for _, node := range list.Nodes {
		if !yield(node) {
			return false
		}
		var in *parse.BranchNode
		switch n := node.(type) {
		case *parse.IfNode:
			in = &n.BranchNode
		case *parse.RangeNode:
			in = &n.BranchNode
		case *parse.WithNode:
			in = &n.BranchNode
		default:
			continue
		}
		if !visit(in.List, yield) || !visit(in.ElseList, yield) {
			return false
		}
	}
	return true
}
