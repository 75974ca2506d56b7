package knowledge

import (
	"cmp"
	"maps"
	"runtime"
	"sync"
)

// readAll reads the files on all processors: parsing is most of the time that
// the program needs to start.
func (l *loader) readAll(files []file) {
	parts := make([]*loader, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i := range parts {
		part := newLoader()
		parts[i] = part
		all.Go(func() {
			for j := i; j < len(files); j += len(parts) {
				part.read(files[j])
			}
		})
	}
	all.Wait()
	for _, part := range parts {
		l.merge(part)
	}
}

// merge adds what another loader read from other files.
func (l *loader) merge(part *loader) {
	b, more := l.base, part.base
	b.Articles = append(b.Articles, more.Articles...)
	b.Drugs = append(b.Drugs, more.Drugs...)
	b.Sites = append(b.Sites, more.Sites...)
	b.Devices = append(b.Devices, more.Devices...)
	b.SiteChoice = append(b.SiteChoice, more.SiteChoice...)
	b.Situations = append(b.Situations, more.Situations...)
	b.Refusals = append(b.Refusals, more.Refusals...)
	b.Synonyms = append(b.Synonyms, more.Synonyms...)
	b.Subject = append(b.Subject, more.Subject...)
	b.QuietWords = append(b.QuietWords, more.QuietWords...)
	b.Golden = append(b.Golden, more.Golden...)
	b.Notices = append(b.Notices, more.Notices...)
	b.Populations = append(b.Populations, more.Populations...)
	b.Plausible = append(b.Plausible, more.Plausible...)
	b.Title, b.Card = cmp.Or(b.Title, more.Title), cmp.Or(b.Card, more.Card)
	l.owner, l.review = cmp.Or(l.owner, part.owner), cmp.Or(l.review, part.review)
	l.problems = append(l.problems, part.problems...)
	maps.Copy(b.Sources, more.Sources)
	maps.Copy(l.lines, part.lines)
	maps.Copy(l.exists, part.exists)
	maps.Copy(l.faulty, part.faulty)
}

// dropFaulty takes everything out of the base that has a problem, so that one
// mistake is not reported over and over.
func (l *loader) dropFaulty() {
	b := l.base
	b.Articles = keep(b.Articles, func(a *Article) bool { return l.faulty[a.File] == 0 })
	b.Drugs = keep(b.Drugs, func(d *Drug) bool { return l.faulty[d.File] == 0 })
	b.Sites = keep(b.Sites, func(s *Site) bool { return l.faulty[s.File] == 0 })
	b.Devices = keep(b.Devices, func(d *Device) bool { return l.faulty[d.File] == 0 })
	if l.faulty["site-choice.yaml"] > 0 {
		b.SiteChoice, b.Situations = nil, nil
	}
	if l.faulty[goldenFile] > 0 {
		b.Golden = nil
	}
	if l.faulty[noticeFile] > 0 {
		b.Notices = nil
	}
	if l.faulty[cardFile] > 0 {
		b.Card = nil
	}
	if l.faulty["refusals.yaml"] > 0 {
		b.Refusals = nil
	}
}
