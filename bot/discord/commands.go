package discord

import (
	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

const (
	rootName = "io"
	menuName = "Ask iobot" // in the menu of a message

	// Bounds of a weight in kg, as the client shows them. What is plausible for
	// a patient the commands judge.
	minWeight, maxWeight = 0.3, 300

	// manageServer is the permission of those who see the commands for staff
	// until a server decides otherwise.
	manageServer = 1 << 5

	// unit ends the name of every weight option, so that whoever types a
	// number sees what it is a number of.
	unit = "_kg"
)

// Commands writes the command table down as Discord registers it: one command
// with a subcommand for each, and one in the menu of every message. They work
// in servers, in direct messages and for people who installed the bot for
// themselves. A command for staff stands on its own, so that it can be hidden
// from others, and only in servers.
func Commands(table []bot.Command) []*discordgo.ApplicationCommand {
	root := &discordgo.ApplicationCommand{
		Type: discordgo.ChatApplicationCommand, Name: rootName,
		Description: "Sourced answers about intraosseous infusion",
	}
	var staff []*discordgo.ApplicationCommand
	for _, c := range table {
		if c.Staff {
			staff = append(staff, staffCommand(c))
			continue
		}
		root.Options = append(root.Options, subcommand(c))
	}
	menu := &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: menuName}
	list := []*discordgo.ApplicationCommand{root, menu}
	for _, c := range list {
		c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{
			discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
		}
		c.Contexts = &[]discordgo.InteractionContextType{
			discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
		}
	}
	return append(list, staff...)
}

// staffName is "io-admin" for the command "admin".
func staffName(c bot.Command) string { return rootName + "-" + c.Name }

func staffCommand(c bot.Command) *discordgo.ApplicationCommand {
	sub, permission := subcommand(c), int64(manageServer)
	return &discordgo.ApplicationCommand{
		Type: discordgo.ChatApplicationCommand, Name: staffName(c), Description: sub.Description, Options: sub.Options,
		DefaultMemberPermissions: &permission,
		Contexts:                 &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild},
		IntegrationTypes:         &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall},
	}
}

func subcommand(c bot.Command) *discordgo.ApplicationCommandOption {
	sub := &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand,
		Name: c.Name, Description: clip(line(c.Summary), maxDescription),
	}
	for _, required := range []bool{true, false} { // Discord wants required options first
		for _, o := range c.Options {
			if o.Required == required {
				sub.Options = append(sub.Options, typedOption(o))
			}
		}
	}
	return sub
}

// typedOption is one typed part of a subcommand.
func typedOption(o bot.Option) *discordgo.ApplicationCommandOption {
	out := &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionString,
		Name: o.Name, Description: clip(line(o.Summary), maxDescription),
		Required: o.Required, MaxLength: bot.MaxInput,
		Autocomplete: o.Complete != "",
	}
	if o.Kind == bot.Weight {
		least := minWeight
		out.Type, out.Name, out.MaxLength = discordgo.ApplicationCommandOptionNumber, o.Name+unit, 0
		out.Description = "weight in kg, 0.3 to 300"
		out.MinValue, out.MaxValue = &least, maxWeight
	}
	if len(o.Choices) > 0 && len(o.Choices) <= maxOptions && !out.Autocomplete {
		for _, choice := range o.Choices {
			out.Choices = append(out.Choices, &discordgo.ApplicationCommandOptionChoice{Name: choice, Value: choice})
		}
		out.MaxLength = 0
	}
	return out
}
