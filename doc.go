// Package storywatch is the root of the tree and holds no code of the product: the program is in cmd/storywatch. The tests
// beside this file hold what must be true of the tree as a whole, above all which package may import which.
package storywatch
