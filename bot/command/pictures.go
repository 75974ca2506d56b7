package command

import (
	"iobot/bot"
	"iobot/knowledge"
	"iobot/knowledge/picture"
)

// maxPictures is how many drawings go with a reply.
const maxPictures = 2

// drawings are the drawings of the base; nil when there are none to show.
func (a *asking) drawings() *picture.Set {
	if a.Assets == nil {
		return nil
	}
	set, err := a.Assets.Set(a.base)
	if err != nil {
		return nil // the answer is complete without them
	}
	return set
}

// sitePictures are the drawings of a bone at an age; at all ages when l is
// nil.
func (a *asking) sitePictures(s *knowledge.Site, l *knowledge.Landmark) []bot.Picture {
	set := a.drawings()
	if set == nil {
		return nil
	}
	return picturesOf(set.Site(s.ID, l))
}

// entryPictures are the drawings of an entry as a whole.
func (a *asking) entryPictures(id knowledge.ID) []bot.Picture {
	set := a.drawings()
	if set == nil {
		return nil
	}
	return picturesOf(set.Entry(id))
}

func picturesOf(list []*picture.Drawing) []bot.Picture {
	var out []bot.Picture
	for _, d := range list[:min(len(list), maxPictures)] {
		out = append(out, bot.Picture{Name: d.Name(), Title: d.Title, Alt: d.Alt})
	}
	return out
}
