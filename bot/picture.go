package bot

import "context"

// Picture is a drawing that goes with a reply. The reply is complete without
// it, and no reply waits for one.
type Picture struct {
	Name  string `json:"name"`  // of the file, made from its content: "3f9a0c….png"
	Title string `json:"title"` // "Proximal tibia, infant"
	Alt   string `json:"alt"`   // the same clinical content in words
}

// File is a document that goes with a reply, such as a page to print.
type File struct {
	Name  string `json:"name"` // unique for its content: "card-14kg-….pdf"
	Title string `json:"title"`
}

// Assets gives the bytes of pictures and files by their names, with the media
// type, such as "image/png". It returns ErrNoAsset for a name that it does not
// know.
type Assets interface {
	Asset(ctx context.Context, name string) (data []byte, mediaType string, err error)
	// Ready reports whether Asset answers within a few milliseconds, because
	// the picture was drawn before.
	Ready(name string) bool
}

// ErrNoAsset is returned for a picture or file that is not there.
const ErrNoAsset = VisibleError("There is no such picture or file. Ask again for a new one.")
