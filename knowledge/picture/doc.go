// Package picture fills the project's own drawings with the figures of a
// knowledge base.
package picture
