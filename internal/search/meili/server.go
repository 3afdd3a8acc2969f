package meili

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	client "github.com/meilisearch/meilisearch-go"
)

// What can be wrong with the server. Each text says what to do about it.
var (
	ErrUnreachable = errors.New("no answer from the server: is it running, and is SAMHOLD_SEARCH_URL its address?")
	ErrSlow        = errors.New("the server did not answer in time; it is tried again")
	ErrKey         = errors.New("the server refuses the key: give SAMHOLD_SEARCH_KEY one that may do " + strings.Join(Actions, ", "))
	ErrOld         = fmt.Errorf("the server is too old: Meilisearch 1.%d or newer is needed", oldestMinor)
	ErrTask        = errors.New("the server took the work and failed to do it; its log says why")
	ErrDisk        = errors.New("the server's disk is full; what is indexed can still be found, and the rest follows when there is room")
	ErrGone        = errors.New("the index is gone from the server; it is made again and filled from the database")
	ErrRefused     = errors.New("the server does not take what it was sent")
)

var (
	errForeign = errors.New("the index on the server is not the one that was made here; it is filled again from the database")
	errExists  = errors.New("the index is there already")
)

// oldestMinor is the oldest server with all that is used here, of the first major version.
const oldestMinor = 18

// dial makes the client. It never tries again by itself: jobs come back, and people ask again.
func dial(o Options) (client.ServiceManager, *http.Client) {
	h := &http.Client{
		Transport: &http.Transport{
			DialContext:           (&net.Dialer{Timeout: o.Ask}).DialContext,
			TLSHandshakeTimeout:   o.Ask,
			ResponseHeaderTimeout: o.Ask,
			MaxIdleConnsPerHost:   16,
			IdleConnTimeout:       time.Minute,
		},
		// A server that sends us elsewhere would be given the key there.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return client.New(o.URL, client.WithAPIKey(o.Key), client.WithCustomClient(h), client.DisableRetries()), h
}

// ask bounds one request.
func (x *Index) ask(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, x.o.Ask)
}

// failed turns the client's error into one of ours. The client's own text is dropped: it holds the request.
func (x *Index) failed(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return down(what, ctx.Err())
	}
	if e, ok := errors.AsType[*client.Error](err); ok {
		if ours := byCode(e.MeilisearchApiError.Code, e.StatusCode); ours != nil {
			return down(what, ours)
		}
		if e.OriginError != nil {
			err = e.OriginError // the client's error does not unwrap
		}
	}
	var timeout net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return down(what, ErrSlow)
	}
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		return down(what, fmt.Errorf("%w (%w)", ErrUnreachable, number))
	}
	return down(what, ErrUnreachable)
}

// byCode tells what the server means, nil when it said nothing.
func byCode(code string, status int) error {
	switch code {
	case "":
		switch {
		case status == 0 || status == http.StatusOK:
			return nil
		case status >= http.StatusInternalServerError: // a proxy before the server
			return fmt.Errorf("%w (status %d)", ErrUnreachable, status)
		}
		return fmt.Errorf("%w (status %d)", ErrRefused, status)
	case "invalid_api_key", "missing_authorization_header", "missing_master_key":
		return ErrKey
	case "index_not_found":
		return ErrGone
	case "index_already_exists":
		return errExists
	case "invalid_search_filter", "invalid_document_filter", "invalid_search_sort":
		// We ask for fields that our settings name: the index has other settings.
		return errForeign
	case "no_space_left_on_device", "database_size_limit_reached", "too_many_open_files":
		return fmt.Errorf("%w (%s)", ErrDisk, code)
	}
	return fmt.Errorf("%w (%s)", ErrRefused, plainCode(code))
}

// plainCode lets through what codes look like, so that a strange server cannot put text into our logs.
func plainCode(code string) string {
	if len(code) > 60 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
		return "unknown code"
	}
	return code
}

// version refuses a server that lacks what is used here. A key with no more rights than it needs may not ask; then
// applySettings tells by what the server knows.
func (x *Index) version(ctx context.Context) error {
	ask, cancel := x.ask(ctx)
	defer cancel()
	v, err := x.server.VersionWithContext(ask)
	if err != nil {
		if err = x.failed(ctx, "ask the version", err); errors.Is(err, ErrKey) {
			return nil // whether the key is good for anything is seen next
		}
		return err
	}
	if !recent(v.PkgVersion) {
		return down("ask the version", ErrOld)
	}
	return nil
}

// recent reports whether a version such as 1.50.0 is new enough.
func recent(version string) bool {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) != 3 {
		return false
	}
	major, err := strconv.Atoi(parts[0])
	if err != nil {
		return false
	}
	minor, err := strconv.Atoi(parts[1])
	return err == nil && (major > 1 || major == 1 && minor >= oldestMinor)
}

// wait waits until the server has done a task and returns what became of it. The client's own waiting takes a
// failed task for a good one.
func (x *Index) wait(ctx context.Context, what string, task int64) error {
	return x.waitFor(ctx, x.o.Task, what, task)
}

func (x *Index) waitFor(ctx context.Context, limit time.Duration, what string, task int64) error {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	pause := min(5*time.Millisecond, x.o.Poll)
	for {
		ask, cancel := x.ask(within)
		t, err := x.server.GetTaskWithContext(ask, task)
		cancel()
		if err != nil {
			return x.late(ctx, within, what, err)
		}
		switch t.Status {
		case client.TaskStatusSucceeded:
			return nil
		case client.TaskStatusFailed:
			return down(what, taskError(t.Error.Code))
		case client.TaskStatusCanceled:
			return down(what, fmt.Errorf("%w (canceled)", ErrTask))
		default: // it waits or runs
		}
		timer := time.NewTimer(pause)
		select {
		case <-within.Done():
			timer.Stop()
			return x.late(ctx, within, what, within.Err())
		case <-timer.C:
		}
		pause = min(2*pause, x.o.Poll)
	}
}

// late tells a deadline of the caller from one of ours, and both from another error.
func (x *Index) late(ctx, within context.Context, what string, err error) error {
	if ctx.Err() == nil && within.Err() != nil {
		return down(what, ErrSlow)
	}
	return x.failed(ctx, what, err)
}

// taskError is what the code of a failed task means.
func taskError(code string) error {
	err := byCode(code, 0)
	if err == nil || errors.Is(err, ErrRefused) {
		return fmt.Errorf("%w (%s)", ErrTask, plainCode(code))
	}
	return err
}
