// SPDX-License-Identifier: Apache-2.0

// read_batch BATCH > LISTING: lists each archive of a batch as Go's archive/zip reads it. The form of a batch is
// described in main.cpp, that of a listing in listing.hpp.
package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

func typeOf(entry *zip.File) string {
	switch mode := entry.Mode(); {
	case mode.IsDir():
		return "dir"
	case mode.IsRegular():
		return "file"
	case mode.Type() == fs.ModeSymlink:
		return "link"
	}
	return "other"
}

func listEntry(entry *zip.File) (string, error) {
	reader, err := entry.Open()
	if err != nil {
		return "", err
	}
	defer reader.Close()
	content, err := io.ReadAll(reader) // fails at a wrong size, checksum or data descriptor
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("\t%x %s %d %x", entry.Name, typeOf(entry), len(content), sha256.Sum256(content)), nil
}

func listArchive(content []byte) string {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	rows := ""
	for index := 0; err == nil && index < len(archive.File); index++ {
		var row string
		row, err = listEntry(archive.File[index])
		rows += row
	}
	if err != nil {
		return "\t! " + strings.Join(strings.Fields(err.Error()), " ")
	}
	return rows
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	batch := bufio.NewReader(file)
	listing := bufio.NewWriter(os.Stdout)
	for {
		var head [2]uint64
		if err := binary.Read(batch, binary.LittleEndian, &head); err == io.EOF {
			break
		} else if err != nil {
			panic(err)
		}
		content := make([]byte, head[1])
		if _, err := io.ReadFull(batch, content); err != nil {
			panic(err)
		}
		fmt.Fprintf(listing, "%d%s\n", head[0], listArchive(content))
	}
	if err := listing.Flush(); err != nil {
		panic(err)
	}
}
