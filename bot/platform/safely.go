package platform

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Safely runs f and turns a panic into an error with the stack, without the
// panic's value, which may quote a question, unless the value is the
// runtime's.
func Safely(f func() error) (err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if _, ok := p.(runtime.Error); !ok {
			p = fmt.Sprintf("%T", p)
		}
		err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	}()
	return f()
}
