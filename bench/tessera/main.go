// Command tessera-append appends leaves to a log of Tessera's POSIX driver from a number of callers at once, and says as
// JSON how many a second were in the tree and how long each caller waited. None of it is Portcullis'.
//
//	tessera-append -log FOLDER -callers 32 -bytes 600 -warm 1s -time 5s
//
// A caller appends its next leaf when the last one was integrated: its future resolves behind the write of the bundle, of the
// tiles and of the state of the tree. A batch goes out when all callers wait, or after -age.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

type measured struct {
	Records   int     `json:"records"`
	PerSecond float64 `json:"perSecond"`
	P50       float64 `json:"p50"`
	P95       float64 `json:"p95"`
	P99       float64 `json:"p99"`
	CPUMsEach float64 `json:"cpuMsEach"`
}

func main() {
	folder := flag.String("log", "", "folder of the log, made when it is not there")
	callers := flag.Int("callers", 32, "callers that append at once")
	bytes := flag.Int("bytes", 600, "bytes of a leaf")
	age := flag.Duration("age", 5*time.Millisecond, "the longest that a leaf waits for others")
	warm := flag.Duration("warm", time.Second, "time before it is measured")
	length := flag.Duration("time", 5*time.Second, "time in which it is measured")
	flag.Parse()
	ctx := context.Background()
	appender, shutdown, err := open(ctx, *folder, uint(*callers), *age)
	if err != nil {
		log.Fatal(err)
	}
	found, err := load(ctx, appender, *callers, *bytes, *warm, *length)
	if err != nil {
		log.Fatal(err)
	}
	if err := shutdown(ctx); err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

func open(ctx context.Context, folder string, callers uint, age time.Duration) (*tessera.Appender, func(context.Context) error, error) {
	secret, _, err := note.GenerateKey(rand.Reader, "bench.example/log")
	if err != nil {
		return nil, nil, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, nil, err
	}
	driver, err := posix.New(ctx, posix.Config{Path: folder})
	if err != nil {
		return nil, nil, err
	}
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithCheckpointInterval(time.Second).
		WithBatching(callers, age)
	appender, shutdown, _, err := tessera.NewAppender(ctx, driver, options)
	return appender, shutdown, err
}

// load has every caller append until the time is over; what began in the time of warming up is not counted.
func load(ctx context.Context, appender *tessera.Appender, callers, bytes int, warm, length time.Duration) (*measured, error) {
	from := time.Now().Add(warm)
	until := from.Add(length)
	waited := make([][]float64, callers)
	failed := make([]error, callers)
	var cpu time.Duration
	timer := time.AfterFunc(warm, func() { cpu = spent() })
	defer timer.Stop()
	var all sync.WaitGroup
	for caller := range callers {
		all.Go(func() {
			for n := 0; time.Now().Before(until); n++ {
				begin := time.Now()
				if _, err := appender.Add(ctx, tessera.NewEntry(leaf(caller, n, bytes)))(); err != nil {
					failed[caller] = err
					return
				}
				if begin.After(from) {
					waited[caller] = append(waited[caller], float64(time.Since(begin))/float64(time.Millisecond))
				}
			}
		})
	}
	all.Wait()
	for _, err := range failed {
		if err != nil {
			return nil, err
		}
	}
	return summary(slices.Concat(waited...), time.Since(from), spent()-cpu)
}

// leaf is one that no other caller appends.
func leaf(caller, n, bytes int) []byte {
	name := fmt.Appendf(nil, "%d/%d", caller, n)
	return append(name, make([]byte, max(0, bytes-len(name)))...)
}

func summary(waited []float64, took, cpu time.Duration) (*measured, error) {
	if len(waited) == 0 {
		return nil, fmt.Errorf("nothing was appended in %s", took)
	}
	slices.Sort(waited)
	at := func(share float64) float64 { return waited[int(share*float64(len(waited)-1))] }
	return &measured{
		Records:   len(waited),
		PerSecond: float64(len(waited)) / took.Seconds(),
		P50:       at(0.5),
		P95:       at(0.95),
		P99:       at(0.99),
		CPUMsEach: float64(cpu) / float64(time.Millisecond) / float64(len(waited)),
	}, nil
}

// spent is the CPU of this process, of all its threads, in user mode and in the kernel.
func spent() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
