package config

import (
	"encoding/base64"
	"strings"
)

// secret reads the secret and those that it took the place of.
func (v variables) secret(c *Config) error {
	if !isSecret(v.SecretKey) {
		return wrong("SAMHOLD_SECRET_KEY", "wants at least 32 random bytes in base64")
	}
	c.SecretKey = v.SecretKey
	for _, old := range v.OldSecretKeys {
		old = strings.TrimSpace(old)
		if !isSecret(old) {
			return wrong("SAMHOLD_OLD_SECRET_KEYS", "wants secrets of at least 32 random bytes in base64")
		}
		c.OldSecretKeys = append(c.OldSecretKeys, old)
	}
	return nil
}

func isSecret(text string) bool {
	raw, err := base64.StdEncoding.DecodeString(text)
	return err == nil && len(raw) >= 32
}
