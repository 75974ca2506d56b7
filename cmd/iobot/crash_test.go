package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"iobot/bot/store"
)

var kills = flag.Int("kills", 4, "how often TestKilledWhilePublishing kills the program")

// TestKilledWhilePublishing kills the program with signal 9 while somebody
// publishes, half of the time just as the state is written: what was
// acknowledged is there, everything is whole, no number is missing, and the
// program starts.
func TestKilledWhilePublishing(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	h := newHospital(t, "")
	p := &publisher{hospital: h, random: rand.New(rand.NewPCG(seed, 0)), signed: map[int64]string{}}
	p.first()
	for n := range *kills {
		p.life(n%2 == 0)
		if out := h.run("audit", "verify", "--config", "iobot.yaml"); !strings.Contains(out, "the chain is whole") {
			t.Fatalf("after kill %d: %s", n+1, out)
		}
	}
	p.check()
	t.Logf("%d kills: %d while the state was being written, %d before anything was; %d revisions acknowledged, %d more kept; slowest start %v",
		*kills, p.writing, *kills-p.writing, p.acknowledged, p.unheard, p.slowest.Round(time.Millisecond))
}

// publisher publishes in a chat over a pipe: Ann signs one entry again and
// again, each time until another day.
type publisher struct {
	*hospital
	random *rand.Rand
	took   time.Duration    // the last publishing
	last   int64            // the last revision that is known to be there
	signed map[int64]string // the day, by revision; of the one in doubt too

	writing, acknowledged, unheard int
	slowest                        time.Duration
}

// first publishes once without a kill.
func (p *publisher) first() {
	day := time.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	p.ask("slack:T0001/ANN", "admin verify site/sternum until "+day)
	p.last, p.signed[1] = 1, day
}

// life starts the program, publishes some revisions and kills it during one
// more.
func (p *publisher) life(inWrite bool) {
	start := time.Now()
	cmd := p.command("chat", "--config", "iobot.yaml", "--as", "slack:T0001/ANN")
	in, out := p.pipes(cmd)
	heard := make(chan int64)
	go hear(out, heard)
	p.say(in, "admin status")
	was, ok := <-heard
	if !ok || was < p.last || was > p.last+1 {
		p.t.Fatalf("revision %d was acknowledged, there is %d (%v)", p.last, was, ok)
	}
	p.slowest = max(p.slowest, time.Since(start))
	if was > p.last {
		p.last, p.unheard = was, p.unheard+1
	}
	for range 1 + p.random.IntN(2) {
		begin := time.Now()
		p.sign(in)
		if n := <-heard; n != p.last+1 {
			p.t.Fatalf("published revision %d after %d", n, p.last)
		}
		p.last, p.acknowledged, p.took = p.last+1, p.acknowledged+1, time.Since(begin)
	}
	before := p.written()
	p.sign(in)
	p.await(before, inWrite)
	changed := p.written() != before
	if err := cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	for n := range heard { // it was quicker
		p.last, p.acknowledged, changed = n, p.acknowledged+1, false
	}
	_ = cmd.Wait() // says that it was killed
	if changed {
		p.writing++
	}
}

// await waits until the kill: for a random part of the time that publishing
// takes or, inside the write, until the file changes and a moment longer.
func (p *publisher) await(before string, inWrite bool) {
	if !inWrite {
		<-time.After(time.Duration(p.random.Int64N(int64(p.took))))
		return
	}
	look := time.NewTicker(50 * time.Microsecond)
	defer look.Stop()
	for p.written() == before {
		<-look.C
	}
	late := p.random.Float64()
	<-time.After(time.Duration(late * late * float64(time.Millisecond)))
}

// written tells one state of the log of the database from another.
func (p *publisher) written() string {
	info, err := os.Stat(p.path("iobot.db-wal"))
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.Size(), info.ModTime().UnixNano())
}

// sign has Ann sign an entry until a day on which she never did before.
func (p *publisher) sign(in io.Writer) {
	day := time.Now().AddDate(0, 0, 1+int(p.last)%1000).Format(time.DateOnly)
	p.signed[p.last+1] = day
	p.say(in, "admin verify site/sternum until "+day)
}

func (p *publisher) say(in io.Writer, line string) {
	p.t.Helper()
	if _, err := io.WriteString(in, line+"\n"); err != nil {
		p.t.Fatal(err)
	}
}

func (p *publisher) pipes(cmd *exec.Cmd) (io.Writer, io.Reader) {
	p.t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	return in, out
}

// numbered is how the chat says which revision is the newest: just published,
// or in the status.
var numbered = regexp.MustCompile(`^(?:Live: r|  Latest change +R)evision (\d+)`)

// hear sends on the number of the revision of each reply.
func hear(out io.Reader, heard chan<- int64) {
	defer close(heard)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if m := numbered.FindStringSubmatch(lines.Text()); m != nil {
			n, _ := strconv.ParseInt(m[1], 10, 64)
			heard <- n
		}
	}
}

// check reads all revisions.
func (p *publisher) check() {
	s, err := store.OpenReadOnly(p.t.Context(), p.path("iobot.db"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	err = s.View(p.t.Context(), func(tx *store.Tx) error {
		last, err := tx.LastRevision()
		if last != p.last && last != p.last+1 {
			p.t.Errorf("there are %d revisions of %d", last, p.last)
		}
		for n := int64(1); err == nil && n <= last; n++ {
			var r store.Revision
			if r, err = tx.Revision(n); err == nil && (len(r.Files) != 1 || !strings.Contains(string(r.Files[0].Text), p.signed[n])) {
				p.t.Errorf("revision %d does not hold %s", n, p.signed[n])
			}
		}
		return err
	})
	if err != nil {
		p.t.Error(err)
	}
}
