package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"time"
)

// digest is a SHA-256 over values that are each written with their length, so
// that no two lists of values look alike.
type digest struct{ sum hash.Hash }

// newDigest begins with the kind of thing, so that a row of one kind never
// passes for one of another.
func newDigest(kind string) digest {
	d := digest{sha256.New()}
	return d.text(kind)
}

func (d digest) text(all ...string) digest {
	for _, s := range all {
		d.number(int64(len(s)))
		d.sum.Write([]byte(s))
	}
	return d
}

func (d digest) number(all ...int64) digest {
	for _, n := range all {
		d.sum.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	}
	return d
}

func (d digest) flag(b bool) digest {
	if b {
		return d.number(1)
	}
	return d.number(0)
}

func (d digest) hex() string { return hex.EncodeToString(d.sum.Sum(nil)) }

// micros is a time as the tables of governance keep it; 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}
