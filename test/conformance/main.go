// Command conformance reads an exported log with golang.org/x/mod/sumdb alone, the code that checks Go's own checksum
// database, and says what it found as JSON. None of it is Portcullis'.
//
//	conformance -key FILE -log FOLDER [-old FILE] [-claims FILE]
//
// It opens the checkpoint with the verifier key, recomputes the root from the entries, checks inclusion proofs of leaves
// at every border of tiles, and consistency proofs from sizes there (and from the checkpoint in -old). Proofs that
// Portcullis made are given as -claims and are checked against the checkpoint's root.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tiles of C2SP tlog-tiles are eight levels high.
const height = 8

type head struct {
	origin string
	size   int64
	root   tlog.Hash
}

type claims struct {
	Inclusion []struct {
		Index int64    `json:"index"`
		Leaf  string   `json:"leaf"`
		Proof [][]byte `json:"proof"`
	} `json:"inclusion"`
	Consistency []struct {
		Size  int64    `json:"size"`
		Proof [][]byte `json:"proof"`
	} `json:"consistency"`
}

type told struct {
	Origin      string `json:"origin"`
	Size        int64  `json:"size"`
	Inclusion   int    `json:"inclusion"`
	Consistency int    `json:"consistency"`
	Claims      int    `json:"claims"`
}

func main() {
	key := flag.String("key", "", "file with the verifier key")
	folder := flag.String("log", "", "folder of the exported log")
	old := flag.String("old", "", "a checkpoint of the same log, kept from earlier")
	given := flag.String("claims", "", "file with proofs that Portcullis made")
	flag.Parse()
	found, err := check(*key, *folder, *old, *given)
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(found)
}

func check(key, folder, old, given string) (*told, error) {
	signed, err := open(key, filepath.Join(folder, "checkpoint"))
	if err != nil {
		return nil, err
	}
	hashes, err := recompute(folder, signed)
	if err != nil {
		return nil, err
	}
	found := &told{Origin: signed.origin, Size: signed.size}
	if signed.size > 0 {
		if err := prove(folder, signed, hashes, found); err != nil {
			return nil, err
		}
	}
	if old != "" {
		before, err := open(key, old)
		if err != nil {
			return nil, err
		}
		if err := grew(folder, before, signed); err != nil {
			return nil, err
		}
		found.Consistency++
	}
	if given != "" {
		found.Claims, err = believe(given, signed, hashes)
	}
	return found, err
}

// open reads a checkpoint as tlog-checkpoint defines it, and believes it only with a signature of the key.
func open(keyFile, file string) (*head, error) {
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return nil, errors.New("the text of the checkpoint is none")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return nil, err
	}
	root, err := tlog.ParseHash(lines[2])
	return &head{lines[0], size, root}, err
}

// memory holds the hashes of the tree as sumdb numbers them.
type memory []tlog.Hash

func (stored memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for at, index := range indexes {
		if index >= int64(len(stored)) {
			return nil, fmt.Errorf("there is no hash %d", index)
		}
		found[at] = stored[index]
	}
	return found, nil
}

// recompute makes the tree anew from nothing but the bundles of entries.
func recompute(folder string, signed *head) (memory, error) {
	var hashes memory
	for at := int64(0); at < signed.size; {
		width := min(signed.size-at, 256)
		bundle := tlog.Tile{H: height, L: -1, N: at / 256, W: int(width)}
		bytes, err := os.ReadFile(file(folder, bundle))
		if err != nil {
			return nil, err
		}
		for range width {
			if len(bytes) < 2 || len(bytes)-2 < int(binary.BigEndian.Uint16(bytes)) {
				return nil, fmt.Errorf("entry %d is cut short", at)
			}
			end := 2 + int(binary.BigEndian.Uint16(bytes))
			more, err := tlog.StoredHashes(at, bytes[2:end], hashes)
			if err != nil {
				return nil, err
			}
			hashes = append(hashes, more...)
			bytes = bytes[end:]
			at++
		}
		if len(bytes) > 0 {
			return nil, fmt.Errorf("there are bytes behind entry %d", at-1)
		}
	}
	root, err := tlog.TreeHash(signed.size, hashes)
	if err == nil && root != signed.root {
		err = errors.New("the root over the entries is not the one that was signed")
	}
	return hashes, err
}

// tiles reads the tiles of hashes. TileHashReader checks each against the signed root before it is used.
type tiles string

func (folder tiles) Height() int                     { return height }
func (folder tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (folder tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(wanted))
	for at, tile := range wanted {
		bytes, err := os.ReadFile(file(string(folder), tile))
		if err != nil {
			return nil, err
		}
		found[at] = bytes
	}
	return found, nil
}

// file is the path of tlog-tiles: sumdb's own, without its element for the height, and with entries in place of data.
func file(folder string, tile tlog.Tile) string {
	name := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return filepath.Join(folder, strings.Replace(name, "tile/data/", "tile/entries/", 1))
}

// prove makes and checks proofs from the tiles: of leaves and from sizes on both sides of every border.
func prove(folder string, signed *head, hashes memory, found *told) error {
	reader := tlog.TileHashReader(tlog.Tree{N: signed.size, Hash: signed.root}, tiles(folder))
	for _, at := range borders(signed.size) {
		proof, err := tlog.ProveRecord(signed.size, at, reader)
		if err != nil {
			return err
		}
		leaf := hashes[tlog.StoredHashIndex(0, at)]
		if err := tlog.CheckRecord(proof, signed.size, signed.root, at, leaf); err != nil {
			return err
		}
		found.Inclusion++
		root, err := tlog.TreeHash(at+1, hashes)
		if err != nil {
			return err
		}
		if err := grew(folder, &head{signed.origin, at + 1, root}, signed); err != nil {
			return err
		}
		found.Consistency++
	}
	return nil
}

func grew(folder string, before, after *head) error {
	if before.size == 0 {
		return nil
	}
	reader := tlog.TileHashReader(tlog.Tree{N: after.size, Hash: after.root}, tiles(folder))
	proof, err := tlog.ProveTree(after.size, before.size, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, after.size, after.root, before.size, before.root)
}

func borders(size int64) []int64 {
	var all []int64
	seen := map[int64]bool{}
	for _, at := range []int64{0, 1, 254, 255, 256, 257, size / 3, 65_534, 65_535, 65_536, size - 2, size - 1} {
		if at >= 0 && at < size && !seen[at] {
			all = append(all, at)
			seen[at] = true
		}
	}
	return all
}

// believe checks proofs that Portcullis made itself.
func believe(file string, signed *head, hashes memory) (int, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	var given claims
	if err := json.Unmarshal(text, &given); err != nil {
		return 0, err
	}
	for _, claim := range given.Inclusion {
		leaf := tlog.RecordHash([]byte(claim.Leaf))
		proof, err := hashesOf(claim.Proof)
		if err == nil {
			err = tlog.CheckRecord(proof, signed.size, signed.root, claim.Index, leaf)
		}
		if err != nil {
			return 0, fmt.Errorf("the proof of %d: %w", claim.Index, err)
		}
	}
	for _, claim := range given.Consistency {
		root, err := tlog.TreeHash(claim.Size, hashes)
		if err != nil {
			return 0, err
		}
		proof, err := hashesOf(claim.Proof)
		if err == nil {
			err = tlog.CheckTree(proof, signed.size, signed.root, claim.Size, root)
		}
		if err != nil {
			return 0, fmt.Errorf("the proof from %d: %w", claim.Size, err)
		}
	}
	return len(given.Inclusion) + len(given.Consistency), nil
}

func hashesOf(proof [][]byte) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(proof))
	for at, bytes := range proof {
		if len(bytes) != tlog.HashSize {
			return nil, fmt.Errorf("%s is no hash", base64.StdEncoding.EncodeToString(bytes))
		}
		found[at] = tlog.Hash(bytes)
	}
	return found, nil
}
