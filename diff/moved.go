package diff

// markMoved marks every pair that does not belong to the heaviest sequence of pairs standing in the same order in both
// versions. Weighing by length lets the short piece be the one that moved past the long one.
func markMoved(a, b []unit) {
	best := make([]int, len(a)) // weight of the heaviest sequence that ends with this pair
	before := make([]int, len(a))
	heaviest := newHeaviest(len(b))
	end := -1
	for i, u := range a {
		if u.pair < 0 {
			continue
		}
		before[i] = heaviest.upTo(u.pair, best)
		best[i] = u.size
		if before[i] >= 0 {
			best[i] += best[before[i]]
		}
		heaviest.set(u.pair, i, best)
		if end < 0 || best[i] > best[end] {
			end = i
		}
	}
	stays := make([]bool, len(a))
	for i := end; i >= 0; i = before[i] {
		stays[i] = true
	}
	for i, u := range a {
		if u.pair >= 0 && !stays[i] {
			a[i].moved, b[u.pair].moved = true, true
		}
	}
}

// heaviest answers which of the pairs before a place in the newer version ends the heaviest sequence: a binary indexed
// tree of maxima (Fenwick 1994), each entry the index of a unit of the older version or -1.
type heaviest []int

func newHeaviest(n int) heaviest {
	h := make(heaviest, n+1)
	for i := range h {
		h[i] = -1
	}
	return h
}

// upTo returns the unit for the places before j.
func (h heaviest) upTo(j int, weight []int) int {
	found := -1
	for ; j > 0; j -= j & -j {
		if k := h[j]; k >= 0 && (found < 0 || weight[k] > weight[found]) {
			found = k
		}
	}
	return found
}

// set enters unit i at place j.
func (h heaviest) set(j, i int, weight []int) {
	for j++; j < len(h); j += j & -j {
		if h[j] < 0 || weight[i] > weight[h[j]] {
			h[j] = i
		}
	}
}
