package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Where the header of a SQLite file keeps what is asked of it: https://www.sqlite.org/fileformat2.html#the_database_header
const (
	headerSize    = 112 // with the header of the first b-tree page, which starts at 100
	atPageSize    = 16
	atChange      = 24
	atPages       = 28
	atAppID       = 68
	atValidFor    = 92
	atFirstTree   = 100
	atTreeCells   = 103
	leafOfTables  = 0x0d
	sqliteMagic   = "SQLite format 3\x00"
	biggestPage   = 65536
	biggestPageAs = 1 // how a page of 65,536 bytes is written in two bytes
)

// state is what inspect finds at a path.
type state int

const (
	absent state = iota
	blank        // a SQLite database without tables
	ours
)

// inspect says what is at a path, or why it is refused. It reads only.
func inspect(path string) (state, error) {
	if err := checkFolder(path); err != nil {
		return absent, err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return absent, nil
	case err != nil:
		return absent, err
	case info.IsDir():
		return absent, fmt.Errorf("%s is a folder, not a database file", path)
	case !info.Mode().IsRegular():
		return absent, fmt.Errorf("%s is not a regular file", path)
	case info.Size() == 0:
		return absent, fmt.Errorf("%s is empty (0 bytes): it may be a damaged copy; move it away or restore a backup", path)
	}
	head, err := readHead(path)
	if err != nil {
		return absent, err
	}
	return judge(path, head, info.Size())
}

// checkFolder makes sure that the folder of a path is there.
func checkFolder(path string) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder %s does not exist", folder)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder", folder)
	}
	return nil
}

// readHead reads the start of a file, which must be writable. A shorter file gives zeros.
func readHead(path string) ([]byte, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written: %w", path, errors.Unwrap(err))
	}
	defer file.Close()
	head := make([]byte, headerSize)
	if _, err := io.ReadFull(file, head); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return head, nil
}

// judge says whose file this header is, or why the file is refused.
func judge(path string, head []byte, size int64) (state, error) {
	if !bytes.HasPrefix(head, []byte(sqliteMagic)) {
		return absent, fmt.Errorf("%s is not a SQLite database; move it away or name another file", path)
	}
	id := binary.BigEndian.Uint32(head[atAppID:])
	noTables := head[atFirstTree] == leafOfTables && binary.BigEndian.Uint16(head[atTreeCells:]) == 0
	switch want := wantedSize(head); {
	case id != appID && noTables && !hasLog(path):
		return blank, nil
	case id != appID:
		return absent, fmt.Errorf("%s is the SQLite database of another program (application_id %d); name another file", path, int32(id))
	case size < want && !hasLog(path):
		return absent, fmt.Errorf("%s is cut short (%d of %d bytes): it may be a damaged copy; move it away or restore a backup", path, size, want)
	}
	return ours, nil
}

// hasLog reports whether a database has a write-ahead log or rollback journal with something in it.
func hasLog(path string) bool {
	for _, suffix := range []string{"-wal", "-journal"} {
		if info, err := os.Stat(path + suffix); err == nil && info.Size() > 0 {
			return true
		}
	}
	return false
}

// wantedSize is the size a header says its file has, 0 when it does not say.
func wantedSize(head []byte) int64 {
	if !bytes.Equal(head[atChange:atChange+4], head[atValidFor:atValidFor+4]) {
		return 0
	}
	pageSize := int64(binary.BigEndian.Uint16(head[atPageSize:]))
	if pageSize == biggestPageAs {
		pageSize = biggestPage
	}
	return pageSize * int64(binary.BigEndian.Uint32(head[atPages:]))
}
