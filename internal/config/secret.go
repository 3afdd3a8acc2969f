package config

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
)

// secret reads the secret and those that it took the place of, each from its variable or from a file.
func (v variables) secret(c *Config) error {
	present, err := oneOf("SAMHOLD_SECRET_KEY", strings.Fields(v.SecretKey), v.SecretKeyFile)
	if err != nil {
		return err
	}
	if len(present) != 1 || !isSecret(present[0]) {
		return wrong(secretName("SAMHOLD_SECRET_KEY", v.SecretKeyFile), "wants at least 32 random bytes in base64")
	}
	c.SecretKey = present[0]
	if c.OldSecretKeys, err = oneOf("SAMHOLD_OLD_SECRET_KEYS", v.OldSecretKeys, v.OldSecretsFile); err != nil {
		return err
	}
	for i, old := range c.OldSecretKeys {
		old = strings.TrimSpace(old)
		if !isSecret(old) {
			return wrong(secretName("SAMHOLD_OLD_SECRET_KEYS", v.OldSecretsFile), "wants secrets of at least 32 random bytes in base64")
		}
		c.OldSecretKeys[i] = old
	}
	return nil
}

// oneOf returns what stands in the variable or in the file that its sister with _FILE names, a secret each line or
// between commas.
func oneOf(name string, values []string, path string) ([]string, error) {
	if path == "" {
		return values, nil
	}
	file := name + "_FILE"
	if len(values) > 0 {
		return nil, wrong(file, "is set, and "+name+" too; keep one of them")
	}
	if !filepath.IsAbs(path) {
		return nil, wrong(file, "wants a full path")
	}
	body, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return nil, wrong(file, "names a file that cannot be read")
	}
	return strings.FieldsFunc(string(body), func(r rune) bool { return r == ',' || r == '\n' || r == '\r' || r == ' ' }), nil
}

// secretName is the variable that a person has to look at.
func secretName(name, path string) string {
	if path == "" {
		return name
	}
	return name + "_FILE"
}

func isSecret(text string) bool {
	raw, err := base64.StdEncoding.DecodeString(text)
	return err == nil && len(raw) >= 32
}
