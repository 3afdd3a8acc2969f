// Command samhold runs the Samhold forum: see "samhold --help".
package main

func main() {}
